/** A procedure of one step, which fails or loses its host where a file says so. */
import { z } from 'zod';
import { defineTopic, file, sh } from '../../../shared/topic-kit/index.ts';

/** Where /srv/lost is, the host is gone in the middle of it: its sshd, and the connection that it is run over. */
export const topic = defineTopic({
  ...{ id: 'fleet-stop-at', version: 1, title: 'One step', summary: '', category: 'Services & apps', platforms: ['Linux'] },
  ...{ risk: { level: 'changes', text: '' }, minutes: 1, fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [] },
  parameters: z.object({}),
  labDefaults: {},
  steps: () => [
    {
      kind: 'command',
      id: 'work',
      title: 'Work',
      intro: '',
      danger: 'changes',
      needsRoot: true,
      script: sh`[ ! -e ${file('/srv/broken')} ] || { echo odd; exit 1; }
if [ -e ${file('/srv/lost')} ]; then
  process=$$
  while [ "$(cat "/proc/$process/comm")" != sshd ]; do process=$(awk '/^PPid:/ { print $2 }' "/proc/$process/status"); done
  kill "$(cat "/run/host-$(hostname).pid")"
  kill -9 "$process"
fi
echo done > ${file('/srv/work')}`,
      matchers: [],
      verify: {
        script: sh`cat ${file('/srv/work')}`,
        matchers: [{ kind: 'expected', id: 'there', pattern: /^done$/, means: 'It is done.', missing: 'It is not done.', next: 'Look.' }],
      },
      undo: sh`rm ${file('/srv/work')}`,
    },
  ],
  remedies: [],
  targets: ['ssh'],
  lab: { scenario: '', failures: [], facts: {}, files: () => [] },
});
