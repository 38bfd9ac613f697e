/** A procedure made of the kit's steps, for tests: nearly all of them in one. */
import { z } from 'zod';
import {
  defineTopic,
  generatedFileStep,
  logSince,
  movedAwayStep,
  packageStep,
  type Step,
  serviceStep,
  sh,
  sysctlStep,
  type Topic,
} from '../../../shared/topic-kit/index.ts';

const words = (id: string, title: string) => ({ id, title, intro: 'For a test.', runsOn: 'the server' });
const ready = [{ kind: 'expected' as const, id: 'ready', pattern: /^ready$/, means: 'It is ready.', missing: 'It did not say so.', next: 'Read its log.' }];
const steps = (): Step[] => [
  packageStep({ ...words('package', 'Install the tool'), names: { apt: 'tool' }, what: 'The tool' }),
  sysctlStep({ ...words('kernel', 'Set the parameter'), name: '90-app', settings: { 'vm.swappiness': '10' } }),
  movedAwayStep({ ...words('cache', 'Move the cache away'), path: '/var/lib/app/cache' }),
  generatedFileStep({ ...words('secret', 'Make the secret'), path: '/etc/app/secret', mode: '0600', content: { randomBytes: 16 } }),
  serviceStep({
    ...words('restart', 'Restart the service'),
    service: { systemd: 'app.service' },
    now: 'restart',
    atBoot: true,
    log: { ...logSince('log', { unit: 'app.service' }), matchers: ready },
    next: 'Read its log.',
    remedies: ['mend'],
  }),
];

export const buildersTopic: Topic = defineTopic({
  id: 'made-of-builders',
  version: 1,
  title: 'Made of builders',
  summary: 'For tests of the steps that the kit builds.',
  category: 'Test',
  platforms: ['any'],
  risk: { level: 'changes', text: 'A service restarts.' },
  minutes: 5,
  fixes: ['nothing'],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters: z.object({}),
  labDefaults: {},
  steps,
  remedies: [
    {
      id: 'mend',
      title: 'Mend it',
      explanation: 'Mends it.',
      danger: 'changes',
      lab: sh`sed '/^Fails=/d' units/app.service >mended && mv mended units/app.service`,
      afterwards: 'retry',
    },
  ],
  lab: {
    scenario: 'A service that failed.',
    failures: [
      {
        id: 'broken',
        title: 'It does not start',
        story: 'Its configuration is broken.',
        stopsAt: { step: 'restart', rule: 'runs', also: ['ready'] },
        wayOut: 'remedy',
      },
      {
        id: 'no-tool',
        title: 'The tool is not known',
        story: 'The lists of packages are old.',
        stopsAt: { step: 'package', rule: 'unknown-package' },
        wayOut: 'undo',
      },
      { id: 'fixed', title: 'The parameter can not be set', story: 'It is a container.', stopsAt: { step: 'kernel', rule: 'not-set' }, wayOut: 'undo' },
    ],
    facts: { 'package-adds': 'tool', 'restart-ran': 'no' },
    files: (failure) => [
      { path: 'journal', content: 'app.service\tapp\tready\n' },
      {
        path: 'units/app.service',
        content: `Description=App\nActiveState=failed\nSubState=failed\nResult=exit-code\nUnitFileState=disabled\nSays=ready\n${failure === 'broken' ? 'Fails=no config\n' : ''}`,
      },
      { path: failure === 'no-tool' ? 'packages/other' : 'packages/tool', content: 'installed=no\nversion=1.0\n' },
      { path: 'sysctl', content: 'vm.swappiness=60\n' },
      ...(failure === 'fixed' ? [{ path: 'sysctl.fixed', content: 'vm.swappiness\n' }] : []),
      { path: 'root/etc/app/app.conf', content: 'x\n' },
      { path: 'root/var/lib/app/cache/a', content: 'old\n' },
    ],
  },
});
