/** Check the master, revoke, let Icinga read the CRL, and be reminded before the CRL ends. Or take nodes out of it again. */
import { file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { withCrlPath } from './api-config.ts';
import { crl, daysLeft, ownName, paths, tryConnections } from './ca-programs.ts';
import { nodesOf, type Parameters, satellitesOf } from './parameters.ts';
import { reminder } from './reminder.ts';
import { restoreNodes } from './restoring.ts';
import { findNodes, revokeNodes } from './revoking.ts';

export const runsOn = 'the signing master';

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: values.task === 'revoke' ? 'look' : 'look-again',
  title: 'Check the master',
  intro: 'Shows the versions, whether this machine has the key of Icinga’s CA, and when a CRL that is there ends.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`icinga2 --version | sed -n 's/.*(version: [rv]*\\([0-9.]*\\).*/version=\\1/p'
if [ -s ${file(paths.key)} ]; then echo ca=here; else echo ca=missing; fi
${ownName}
echo "own=$own"
if [ -r ${file(paths.certs)}/"$own".key ]; then echo own-key=there; else echo own-key=missing; fi
if [ -r ${file('/var/log/icinga2/icinga2.log')} ]; then echo log=there; else echo log=missing; fi
${daysLeft}`,
  matchers: [
    {
      kind: 'failure',
      id: 'too-old',
      pattern: /^version=(?:1\.|2\.[0-6](?:\.|$))/,
      means: 'Icinga before 2.7.0 cannot load any CRL: it would not start.',
      next: 'Upgrade Icinga first. Nothing was changed.',
    },
    {
      kind: 'warning',
      id: 'renews',
      pattern: /^version=2\.(?:[7-9]\.|10\.|11\.[0-7]$|12\.[0-2]$)/,
      means: 'This version renews the certificate of a revoked node anyway when it is due (CVE-2020-29663).',
      next: 'Upgrade to 2.11.8, 2.12.3 or newer.',
    },
    {
      kind: 'warning',
      id: 'reads-at-start',
      pattern: /^version=2\.(?:[7-9]|1[0-2])\./,
      means: 'This version reads the CRL only when it starts or reloads. From 2.13.0 on it does so at each incoming connection.',
      next: 'After every renewal of the CRL, reload Icinga on each machine that uses it.',
    },
    {
      kind: 'expected',
      id: 'version',
      pattern: /^version=\d/,
      means: 'Icinga is there.',
      missing: 'Icinga’s version could not be read.',
      next: 'Check that icinga2 is installed here.',
    },
    {
      kind: 'expected',
      id: 'ca-here',
      pattern: /^ca=here$/,
      means: 'This machine has the key of Icinga’s CA.',
      missing: 'The key of Icinga’s CA is not on this machine.',
      next: 'Run this on the signing master. Never copy the key to another machine.',
    },
    {
      kind: 'expected',
      id: 'own-key',
      pattern: /^own-key=there$/,
      means: 'This machine’s own certificate can be tried.',
      missing: 'There is no key for the name of this node in /var/lib/icinga2/certs.',
      next: 'Check that Icinga has run since it was set up: "icinga2 variable get NodeName". Before 2.8 the certificates were in /etc/icinga2/pki; this procedure does not know that.',
    },
    {
      kind: 'expected',
      id: 'log',
      pattern: /^log=there$/,
      means: 'Icinga’s log can be read.',
      missing: 'There is no /var/log/icinga2/icinga2.log. Without it nothing shows whom Icinga refuses.',
      next: 'Enable it: "icinga2 feature enable mainlog", then restart Icinga.',
    },
    {
      kind: 'warning',
      id: 'ended',
      pattern: /^crl-days=-\d+$/,
      means: 'The CRL has ended. Every Icinga that uses it refuses every node now.',
      next: 'This run makes a new one.',
    },
    ...(values.task === 'restore'
      ? [
          {
            kind: 'expected' as const,
            id: 'crl-there',
            pattern: /^crl-days=-?\d+$/,
            means: 'There is a CRL.',
            missing: 'There is no CRL, so no node is revoked here.',
            next: 'Nothing needs to be done on this machine.',
          },
        ]
      : []),
  ],
});

/** What Icinga has logged of both connections. */
export const refuses: Matcher[] = [
  {
    kind: 'expected',
    id: 'refused',
    pattern: /^revoked certificate: refused, code 23\b/,
    means: 'Icinga refuses a certificate that is in the CRL.',
    missing: 'Icinga did not refuse a certificate that is in the CRL.',
    next: 'Read /var/log/icinga2/icinga2.log. After a reload it may take a while with a large configuration: run the step again.',
    remedies: ['try-again'],
  },
  {
    kind: 'expected',
    id: 'own-accepted',
    pattern: /^own certificate: accepted$/,
    means: 'Icinga still accepts a certificate that is not in it.',
    missing: 'Icinga does not accept this machine’s own certificate, so it accepts no node.',
    next: 'Code 12 means that the CRL has ended, code 3 that it is of another CA. Undo this run, then find out why.',
  },
  {
    kind: 'failure',
    id: 'log-unread',
    pattern: /^log: not read$/,
    alone: true,
    means: 'Icinga’s log could not be read, so nothing is proved.',
    next: 'Check /var/log/icinga2/icinga2.log.',
  },
];
const reloadFailed: Matcher[] = [
  {
    kind: 'failure',
    id: 'reload-failed',
    pattern: /^Job for icinga2\.service failed\b/,
    means: 'Icinga does not accept its configuration. It still runs with the old one.',
    next: 'Read what "icinga2 daemon -C" says. Undo this step.',
  },
];

const config = ({ api }: Parameters): Step => ({
  kind: 'edit',
  id: 'config',
  title: 'Let Icinga use the CRL',
  intro:
    'Sets crl_path in the object ApiListener and reloads Icinga. Then two connections show whom it refuses: one with a certificate made to be revoked, one with this machine’s own.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  file: api,
  followLinks: true,
  edit: (old) => withCrlPath(old, crl),
  afterwards: { script: sh`systemctl reload icinga2.service`, matchers: reloadFailed },
  verify: { script: tryConnections('refused'), matchers: refuses, orPutBack: true },
  undone: {
    script: tryConnections('accepted'),
    matchers: [
      {
        kind: 'expected',
        id: 'accepted-again',
        pattern: /^revoked certificate: accepted$/,
        means: 'Icinga uses no CRL: the revoked certificate is accepted again.',
        missing: 'Icinga still refuses the revoked certificate.',
        next: 'Check crl_path, and restart Icinga.',
      },
    ],
  },
});

const reload: Step = {
  kind: 'command',
  id: 'reload',
  title: 'Reload Icinga',
  intro: 'Lets Icinga read the CRL again, and tries the two connections.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  script: sh`systemctl reload icinga2.service`,
  matchers: reloadFailed,
  verify: { script: tryConnections('refused'), matchers: refuses },
  irreversible: 'A reload changes nothing by itself. Reload Icinga again after the rest was undone.',
};

const rest = (values: Parameters): Step => {
  const names = nodesOf(values).map(({ name }) => name);
  const satellites = satellitesOf(values);
  return {
    kind: 'manual',
    id: 'rest',
    title: 'Finish on the other machines',
    intro: 'Nothing distributes the CRL. Connections that are open stay open.',
    danger: 'reads',
    runsOn: 'each master and satellite that is to refuse them',
    minutes: 5,
    instructions: [
      ...(satellites.length > 0
        ? [
            'Copy the CRL to each machine of the card, set crl_path there as here, check with "icinga2 daemon -C", and reload. A copy ends on the same day: renew it together with this one.',
          ]
        : ['Other masters and satellites accept the nodes as before. Each needs its own copy of the CRL and the same crl_path.']),
      ...(values.task === 'revoke'
        ? [
            `If one of them runs now (${names.slice(0, 5).join(', ')}${names.length > 5 ? ' …' : ''}), restart Icinga on the machines it is connected to: the reload does not cut it off.`,
            'Delete its Endpoint, Zone and Host objects.',
            'It can still ask for a new certificate. Do not sign its request ("icinga2 ca list"), and change TicketSalt if it may know a ticket.',
          ]
        : []),
    ],
    ...(satellites.length > 0 && {
      cards: [{ title: 'Copy the CRL', lines: satellites.map((host) => `scp -p ${crl} root@${host}:${crl}`), note: 'Never copy ca.key.' }],
    }),
    lab: sh`:`,
  };
};

export const steps = (values: Parameters): Step[] =>
  values.task === 'revoke'
    ? [look(values), findNodes(values), revokeNodes(values), config(values), ...reminder(values), rest(values)]
    : [look(values), restoreNodes(values), reload, rest(values)];

export const remedies: readonly Remedy[] = [
  {
    id: 'bring-certificate',
    title: 'Bring the certificate of the node',
    explanation:
      'Take it from the node (/var/lib/icinga2/certs/NAME.crt) or from a backup, and put it on the master as /var/lib/icinga2/ca/crl/nodes/NAME.crt. Then the step looks again.',
    danger: 'changes',
    lab: sh`lab-icinga-hand bring`,
    afterwards: 'retry',
  },
  {
    id: 'try-again',
    title: 'Wait until Icinga has loaded its configuration',
    explanation: 'With a large configuration a reload takes minutes. Wait until the log says that it is done. Then the connections are tried again.',
    danger: 'reads',
    lab: sh`lab-icinga-hand wait`,
    afterwards: 'retry',
  },
];
