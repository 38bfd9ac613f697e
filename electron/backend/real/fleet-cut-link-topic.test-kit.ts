/** Procedures of one step that takes the interface away it comes over, for some seconds: one that says so, and one that does not. */
import { z } from 'zod';
import { defineTopic, file, type Matcher, sh } from '../../../shared/topic-kit/index.ts';

const is = (id: string, pattern: RegExp): Matcher => ({ kind: 'expected', id, pattern, means: 'It is so.', missing: 'It is not so.', next: 'Look.' });
const cut = sh`ip link set eth0 down
sleep 12
ip link set eth0 up`;

const cutting = (id: string, word: { cutsLink?: true }) =>
  defineTopic({
    ...{ id, version: 1, title: 'Start the network again', summary: '', category: 'Services & apps', platforms: ['Linux'] },
    ...{ risk: { level: 'changes', text: '' }, minutes: 1, fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [] },
    parameters: z.object({}),
    labDefaults: {},
    steps: () => [
      {
        kind: 'command',
        id: 'network',
        title: 'Start the network again',
        intro: '',
        danger: 'changes',
        needsRoot: true,
        ...word,
        script: sh`${cut}
echo done > ${file('/srv/cut')}`,
        matchers: [],
        verify: { script: sh`cat ${file('/srv/cut')}`, matchers: [is('there', /^done$/)] },
        undo: sh`${cut}
rm ${file('/srv/cut')}`,
        undone: { script: sh`[ -e ${file('/srv/cut')} ] || echo gone`, matchers: [is('gone', /^gone$/)] },
      },
    ],
    remedies: [],
    targets: ['ssh'],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });

export const topic = cutting('fleet-cut-link', { cutsLink: true });
export const silent = cutting('fleet-cut-silently', {});
