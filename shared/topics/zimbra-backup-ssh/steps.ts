/** Find out that the key is DSA and refused, save it, make a new pair, and log in with that. */
import { asUser, fact, file, type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { bin, folder, hostName, inLdap, key, keyForm, keyType, login } from './zimbra-programs.ts';

const runsOn = 'the Zimbra server';

const look = (values: Parameters): Step => ({
  kind: 'command',
  id: 'look',
  title: 'Check the key',
  intro: 'Shows the type of Zimbra’s own SSH key, whether LDAP has the same, and whether LDAP runs: it is needed to change the key.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: sh`${keyType}
${inLdap(values)}
${asUser('zimbra', bin('zmcontrol'), 'status')} 2>&1 | sed -n 's/^[[:space:]]*ldap[[:space:]]*\\([A-Za-z]*\\).*/ldap: \\1/p'
${hostName(values)}
echo "host: $host"
sshd -T 2>/dev/null | grep -i '^pubkeyaccepted' | grep -q -w ssh-dss && echo 'sshd: accepts ssh-dss'
sshd -T 2>/dev/null | sed -n 's/^\\(allowusers\\|allowgroups\\|denyusers\\|denygroups\\) /sshd: \\1 /p'
n=1; while [ -e ${file(folder)}.before-$n ]; do n=$((n + 1)); done
printf 'copy=%s.before-%s\\n' ${file(folder)} "$n"`,
  saves: [{ id: 'copy', title: 'Copy of the keys', pattern: /^copy=(\S+)$/ }],
  matchers: [
    {
      kind: 'failure',
      id: 'no-user',
      pattern: /^su: user zimbra does not exist/,
      alone: true,
      means: 'There is no user zimbra.',
      next: 'Run this on the Zimbra server.',
    },
    {
      kind: 'failure',
      id: 'not-dsa',
      pattern: /^key: (?!DSA |missing$)[A-Z]/,
      means: 'Zimbra’s key is not DSA, so that is not why the login fails.',
      next: 'Other causes of the same mail: sshd on another port, AllowUsers without zimbra, a locked account, wrong rights on /opt/zimbra, a name that does not resolve. Nothing was changed.',
    },
    {
      kind: 'expected',
      id: 'dsa',
      pattern: /^key: (?:DSA \d+|missing)$/,
      means: 'The key is DSA, or missing. OpenSSH 7.0 and newer refuse DSA, and 10 no longer knows it.',
      missing: 'The key could not be read.',
      next: `Check ${key}.pub with "ssh-keygen -l -f".`,
    },
    {
      kind: 'failure',
      id: 'ldap-down',
      pattern: /^ldap: (?!Running$)/,
      means: 'LDAP does not run here. The new key would be on the disk and not in LDAP.',
      next: 'Start it as the user zimbra: "ldap start".',
      remedies: ['start-ldap'],
    },
    {
      kind: 'warning',
      id: 'dss-on',
      pattern: /^sshd: accepts ssh-dss$/,
      means: 'Somebody has switched DSA on in sshd_config. Such a key has 1024 bits, and the next release refuses it anyway.',
      next: 'Take that out of sshd_config after this run.',
    },
    {
      kind: 'warning',
      id: 'only-some',
      pattern: /^sshd: (?:allow|deny)(?:users|groups) /,
      means: 'sshd_config limits who may log in. The user zimbra has to be among them.',
      next: 'Check the line. The last step shows whether the login works.',
    },
  ],
});

const before = (values: Parameters): Step => ({
  kind: 'command',
  id: 'login-before',
  title: 'Log in as mailboxd does',
  intro: 'The same login with the old key, before anything is changed.',
  danger: 'reads',
  runsOn,
  needsRoot: true,
  script: login(values),
  matchers: [
    {
      kind: 'expected',
      id: 'refused',
      pattern: /^login: (?:refused|not tried)/,
      means: 'The old key is refused.',
      missing: 'The old key is not refused.',
      next: 'If it is accepted, the backup fails for another reason. If the server is not reached, check the port.',
    },
    {
      kind: 'failure',
      id: 'accepted',
      pattern: /^login: accepted$/,
      means: 'This sshd accepts the old key. The backup fails for another reason, or DSA was switched on.',
      next: 'If you want to replace the key anyway, take DSA out of sshd_config first and restart sshd.',
    },
    {
      kind: 'failure',
      id: 'not-reached',
      pattern: /^login: not reached/,
      means: 'sshd was not reached at this name and port.',
      next: 'Compare with "zmprov gs HOST zimbraRemoteManagementPort", and start a new run with the right port.',
      remedies: ['start-sshd'],
    },
  ],
});

const copy: Step = {
  kind: 'command',
  id: 'copy',
  title: 'Save the old keys',
  intro: 'Copies the whole folder /opt/zimbra/.ssh beside it, for root only: zmsshkeygen deletes the old private key without asking.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  script: sh`[ -d ${file(fact('copy'))} ] || mkdir -m 700 ${file(fact('copy'))} || exit
if [ -d ${file(folder)} ]; then cp -a ${file(folder)}/. ${file(fact('copy'))}/ && chmod 700 ${file(fact('copy'))}; fi`,
  matchers: [],
  verify: {
    looksOnlyAt: 'whether the copy has the same files',
    script: sh`diff -r ${file(folder)} ${file(fact('copy'))} && echo copy=same`,
    matchers: [
      {
        kind: 'expected',
        id: 'same',
        pattern: /^copy=same$/,
        means: 'The copy has the same files.',
        missing: 'The copy is not complete.',
        next: 'Check that there is room, and run the step again.',
      },
    ],
  },
  undo: sh`rm -rf ${file(fact('copy'))}`,
  undone: {
    script: sh`if [ -e ${file(fact('copy'))} ]; then echo copy=there; else echo copy=gone; fi`,
    matchers: [
      { kind: 'expected', id: 'gone', pattern: /^copy=gone$/, means: 'The copy is gone.', missing: 'The copy is still there.', next: 'Delete it by hand.' },
    ],
  },
};

const keyMatchers: Matcher[] = [
  {
    kind: 'expected',
    id: 'rsa',
    pattern: /^key: RSA \d+$/,
    means: 'The key is RSA.',
    missing: 'The key is not RSA.',
    next: 'Read what zmsshkeygen says above.',
  },
  {
    kind: 'warning',
    id: 'short',
    pattern: /^key: RSA (?:1?\d{1,3})$/,
    means: 'It has fewer than 2048 bits: this old script makes no longer ones. Some systems refuse it.',
    next: 'Upgrade Zimbra and make a new key then.',
  },
  {
    kind: 'expected',
    id: 'pem',
    pattern: /^private key: PEM$/,
    means: 'It has the form that Zimbra’s SSH library can read.',
    missing: 'The private key is not in PEM form. Zimbra’s SSH library cannot read it.',
    next: 'Convert it as the user zimbra: ssh-keygen -p -m PEM -N "" -f ~/.ssh/zimbra_identity',
  },
  {
    kind: 'expected',
    id: 'in-ldap',
    pattern: /^LDAP: the same key$/,
    means: 'LDAP has the new public key.',
    missing: 'LDAP does not have the new public key.',
    next: 'Start LDAP, then run the step again.',
    remedies: ['start-ldap'],
  },
];

const make = (values: Parameters): Step => ({
  kind: 'command',
  id: 'make',
  title: 'Make a new key pair',
  intro:
    'zmsshkeygen makes an RSA pair and puts the public key into LDAP. The type is named, as an old script would make DSA again. Until the next step the login fails.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  script: sh`${asUser('zimbra', bin('zmsshkeygen'), 'rsa')} 2>&1
case $(head -n 1 ${file(key)}) in
*'BEGIN OPENSSH PRIVATE KEY'*) ${asUser('zimbra', 'ssh-keygen', '-q', '-p', '-m', 'PEM', '-P', '', '-N', '', '-f', file(key))} && echo 'converted to PEM' ;;
esac`,
  matchers: [
    {
      kind: 'failure',
      id: 'ldap',
      pattern: /unable to contact LDAP|Connection refused|can't contact/i,
      means: 'LDAP could not be asked.',
      next: 'Start it, then run the step again.',
      remedies: ['start-ldap'],
    },
  ],
  verify: {
    script: sh`${keyType}
${keyForm}
${inLdap(values)}`,
    matchers: keyMatchers,
    looksOnlyAt: 'the new key and LDAP; the next step logs in with it',
  },
  undo: sh`for each in zimbra_identity zimbra_identity.pub authorized_keys; do
  rm -f ${file(folder)}/"$each"
  [ ! -e ${file(fact('copy'))}/"$each" ] || cp -p ${file(fact('copy'))}/"$each" ${file(folder)}/"$each"
done
${hostName(values)}
[ ! -e ${file(`${key}.pub`)} ] || ${asUser('zimbra', bin('zmprov'), '-l', 'ms')} "$host" zimbraSshPublicKey "$(cat ${file(`${key}.pub`)})"`,
  undone: {
    script: sh`diff -r ${file(folder)} ${file(fact('copy'))} >/dev/null && echo keys=as-before
${inLdap(values)}`,
    matchers: [
      {
        kind: 'expected',
        id: 'as-before',
        pattern: /^keys=as-before$/,
        means: 'The old keys are in place.',
        missing: 'The old keys are not in place.',
        next: 'Compare /opt/zimbra/.ssh with the copy beside it.',
      },
      {
        kind: 'expected',
        id: 'old-in-ldap',
        pattern: /^LDAP: the same key$/,
        means: 'LDAP has the old public key.',
        missing: 'LDAP does not have the old public key.',
        next: 'Set zimbraSshPublicKey by hand with zmprov.',
      },
    ],
  },
});

const authorize = (values: Parameters): Step => ({
  kind: 'command',
  id: 'authorize',
  title: 'Accept the new key',
  intro: 'zmupdateauthkeys reads the public keys of all servers from LDAP into authorized_keys. Then the login is tried.',
  danger: 'changes',
  runsOn,
  needsRoot: true,
  script: sh`${asUser('zimbra', bin('zmupdateauthkeys'))} 2>&1`,
  matchers: [
    {
      kind: 'failure',
      id: 'not-found',
      pattern: /^Key for \S+ NOT FOUND/i,
      means: 'LDAP has no key of this server.',
      next: 'On that server run "zmsshkeygen rsa" and "zmupdateauthkeys" as the user zimbra.',
    },
  ],
  verify: {
    script: login(values),
    matchers: [
      {
        kind: 'expected',
        id: 'accepted',
        pattern: /^login: accepted$/,
        means: 'The login that the backup makes works.',
        missing: 'The login still does not work.',
        next: 'Read auth.log. Wrong rights on /opt/zimbra, AllowUsers or a locked account give the same mail.',
        remedies: ['rights'],
      },
    ],
  },
  undo: sh`rm -f ${file(folder)}/authorized_keys
[ ! -e ${file(fact('copy'))}/authorized_keys ] || cp -p ${file(fact('copy'))}/authorized_keys ${file(folder)}/authorized_keys`,
  undone: {
    script: login(values),
    matchers: [
      {
        kind: 'expected',
        id: 'refused-again',
        pattern: /^login: refused$/,
        means: 'The new key is no longer accepted.',
        missing: 'The new key is still accepted.',
        next: 'Compare authorized_keys with the copy.',
      },
    ],
  },
});

const rest: Step = {
  kind: 'manual',
  id: 'rest',
  title: 'Update the other servers, and make a small backup',
  intro: 'Each server of a larger Zimbra has its own list of accepted keys.',
  danger: 'reads',
  runsOn: 'each Zimbra server',
  minutes: 10,
  instructions: [
    'With several servers: run zmupdateauthkeys as the user zimbra on each of the others. They refuse the new key until then.',
    'Back up one small mailbox, and look at the result. The next nightly backup must send its usual mail.',
    'When all works, delete the copy /opt/zimbra/.ssh.before-… : it holds the old private key.',
  ],
  cards: [
    { title: 'On each other server', lines: ["su - zimbra -c 'zmupdateauthkeys'"] },
    { title: 'A small backup', lines: ["su - zimbra -c 'zmbackup -f -a user@example.com'", "su - zimbra -c 'zmbackupquery'"] },
  ],
  lab: sh`:`,
};

export const steps = (values: Parameters): Step[] => [look(values), before(values), copy, make(values), authorize(values), rest];

export const remedies: readonly Remedy[] = [
  {
    id: 'start-ldap',
    title: 'Start LDAP',
    explanation: 'Start it as the user zimbra: "ldap start". Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-zimbra-hand ldap`,
    afterwards: 'retry',
  },
  {
    id: 'start-sshd',
    title: 'Start sshd',
    explanation: 'Start it, or open its port on this machine. Then the login is tried again.',
    danger: 'changes',
    lab: sh`lab-zimbra-hand sshd`,
    afterwards: 'retry',
  },
  {
    id: 'rights',
    title: 'Correct the rights',
    explanation: '/opt/zimbra and /opt/zimbra/.ssh may be writable by their owner only. Then the step runs again.',
    danger: 'changes',
    lab: sh`lab-zimbra-hand rights`,
    afterwards: 'retry',
  },
];
