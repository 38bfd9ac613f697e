/** A timer of systemd whose service fails when the CRL ends soon: an ended CRL refuses every node. */
import { type Step, serviceStep, sh, showUnit } from '../../topic-kit/index.ts';
import { crl } from './ca-programs.ts';
import type { Parameters } from './parameters.ts';

const runsOn = 'the signing master';
const unit = 'icinga2-crl-reminder';
const folder = '/etc/systemd/system';

/** `$$` and `%%` are systemd's way to write `$` and `%`. */
const service = (remind: number) => `[Unit]
Description=Says when the CRL of Icinga ends soon

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'end=$$(openssl crl -in ${crl} -noout -nextupdate | sed s/nextUpdate=//) && end=$$(date -u -d "$$end" +%%s) && left=$$(((end - $$(date -u +%%s)) / 86400)) && echo "The CRL of Icinga is good for $$left more days. When it ends, every node is refused." && [ "$$left" -gt ${remind} ]'
`;
const timer = `[Unit]
Description=Asks every day whether the CRL of Icinga ends soon

[Timer]
OnCalendar=daily
Persistent=true

[Install]
WantedBy=timers.target
`;

export const reminder = ({ remind }: Parameters): Step[] => [
  {
    kind: 'edit',
    id: 'reminder',
    title: 'Add the reminder',
    intro: `Adds a service that fails when ${remind} days or fewer are left, and says so in the journal.`,
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: `${folder}/${unit}.service`,
    create: { mode: '0644' },
    edit: () => service(remind),
    afterwards: { script: sh`systemctl daemon-reload` },
    verify: {
      looksOnlyAt: 'what the service says now',
      script: sh`systemctl start ${`${unit}.service`}
${showUnit(`${unit}.service`, ['Result'])}
systemctl stop ${`${unit}.service`}`,
      matchers: [
        {
          kind: 'expected',
          id: 'well-now',
          pattern: /^Result=success$/,
          means: 'It reads the CRL, and enough days are left.',
          missing: 'It fails already.',
          next: `Read "journalctl -u ${unit}". The CRL has to be good for longer than the reminder.`,
        },
      ],
    },
  },
  {
    kind: 'edit',
    id: 'timer',
    title: 'Add its timer',
    intro: 'Once a day, also after the machine was off.',
    danger: 'changes',
    runsOn,
    needsRoot: true,
    file: `${folder}/${unit}.timer`,
    create: { mode: '0644' },
    edit: () => timer,
    afterwards: { script: sh`systemctl daemon-reload` },
    verify: {
      looksOnlyAt: 'whether systemd has the timer',
      script: showUnit(`${unit}.timer`, ['LoadState']),
      matchers: [
        {
          kind: 'expected',
          id: 'loaded',
          pattern: /^LoadState=loaded$/,
          means: 'systemd has the timer.',
          missing: 'systemd could not read the timer.',
          next: 'Check it with "systemctl status".',
        },
      ],
    },
  },
  serviceStep({
    id: 'timer-on',
    title: 'Start the timer',
    intro: 'Now and at every boot. Whoever watches failed units, Icinga itself for example, sees the reminder.',
    runsOn,
    service: { systemd: `${unit}.timer` },
    now: 'start',
    atBoot: true,
    next: `Check "systemctl status ${unit}.timer".`,
  }),
];
