/** Read setting and capability, switch the setting on, see that the capability is advertised, and that a device registers. */
import { fact, type Matcher, type Prompt, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { type Parameters, setting } from './parameters.ts';
import { countWarnings, serverTools, showAfterLogin, showCapability, showRegistered, showSetting } from './reading.ts';

const common = { runsOn: 'the mail server', needsRoot: true } as const;
const prompts: readonly Prompt[] = [
  {
    id: 'password',
    pattern: /Password of the mailbox: $/,
    question: 'What is the password of the test mailbox?',
    explanation: 'It goes to the server by a pipe, over TLS. It is written nowhere.',
    answers: [],
    recommended: '',
    secret: true,
  },
];
const asking = ({ user }: Parameters) => (user === '' ? {} : { prompts });

export const steps = (values: Parameters): Step[] => [look(values), switchOn(values), after(values), onPhone(values)];

const noAnswer: Matcher = {
  kind: 'failure',
  id: 'no-answer',
  pattern: /^before-login=unread$/,
  alone: true,
  means: 'The IMAP server did not say its capabilities.',
  next: 'Check that the mail service runs ("serveradmin status mail"), and host and port. It has to be the port with TLS from the first byte.',
  remedies: ['start-mail'],
};
const refused: Matcher = {
  kind: 'failure',
  id: 'refused',
  pattern: /^login=refused$/,
  means: 'The login was refused.',
  next: 'Run the step again with the right password.',
};

const look = (values: Parameters): Step => ({
  ...common,
  ...asking(values),
  kind: 'command',
  id: 'look',
  title: 'Read setting and capabilities',
  intro: 'Asks serveradmin for the setting, and the IMAP server for its capabilities, as a phone does.',
  danger: 'reads',
  script: sh`${showSetting}
${countWarnings(values)}
${showCapability(values)}
${showAfterLogin(values)}`,
  matchers: [
    noAnswer,
    refused,
    {
      kind: 'failure',
      id: 'already',
      pattern: /^(?:before|after)-login=yes$/,
      alone: true,
      means: 'The server already advertises XAPPLEPUSHSERVICE.',
      next: 'A warning about a missing device map is then usual for a user without an iOS device. If a device gets no push, check the certificates.',
    },
    {
      kind: 'failure',
      id: 'no-setting',
      pattern: /^setting=none$/,
      means: 'This release does not have the setting.',
      next: 'Do not set it. 10.10 is the release it is known of.',
    },
    {
      kind: 'failure',
      id: 'not-server',
      pattern: /^setting=missing$/,
      means: 'There is no serveradmin.',
      next: 'This procedure is for OS X Server. For Dovecot elsewhere, see the page of dovecot-xaps-plugin.',
    },
    { kind: 'failure', id: 'unread', pattern: /^setting=unread$/, means: 'serveradmin did not say the setting.', next: 'Read its words above. It needs root.' },
    {
      kind: 'failure',
      id: 'on-already',
      pattern: /^setting=yes$/,
      unless: /^(?:(?:before|after)-login=yes|before-login=unread|login=refused)$/,
      means: 'The setting is on, and the capability is missing anyway.',
      next: 'Dovecot may not have read it: restart the mail service. Then check push notifications and their certificates in the Server app.',
      remedies: ['restart-mail'],
    },
    {
      kind: 'warning',
      id: 'switched-off',
      pattern: /^version=/,
      means: 'In March 2021 Apple switched off the protocol by which OS X Server sends pushes. Phones can register, but no push reaches them.',
      next: 'Continue only if you keep the server as it was. For push today, move the mail to a server with dovecot-xaps or the like.',
    },
    { kind: 'expected', id: 'off', pattern: /^setting=no$/, means: 'The setting is off.', missing: 'The setting was not read.', next: 'Run the step as root.' },
    {
      kind: 'expected',
      id: 'missing',
      pattern: /^before-login=no$/,
      means: 'The capability is missing.',
      missing: 'The capabilities were not read.',
      next: 'Check that openssl and perl are there.',
    },
  ],
});

const switchOn = (values: Parameters): Step => ({
  ...common,
  kind: 'command',
  id: 'switch-on',
  title: 'Switch the setting on',
  intro: 'serveradmin writes Dovecot’s configuration and lets it be read again. Never edit that configuration: it is overwritten.',
  danger: 'changes',
  before: { script: showSetting, saves: [{ id: 'was', title: 'Setting before', pattern: /^setting=(yes|no)$/ }] },
  script: sh`${serverTools}
serveradmin settings ${setting} = yes`,
  matchers: [
    {
      kind: 'expected',
      id: 'echo',
      pattern: /^mail:imap:aps_topic_enabled = yes$/,
      means: 'serveradmin says the new value.',
      missing: 'serveradmin does not say the new value. It ends with status 0 even then.',
      next: 'Read its words above.',
    },
  ],
  verify: {
    looksOnlyAt: 'the setting: the next step asks the server',
    script: showSetting,
    matchers: [
      {
        kind: 'expected',
        id: 'on',
        pattern: /^setting=yes$/,
        means: 'The setting is on.',
        missing: 'The setting is not on.',
        next: 'Read what serveradmin says.',
      },
    ],
  },
  undo: sh`${serverTools}
serveradmin settings ${setting} = ${fact('was')}`,
  undone: {
    script: sh`${showSetting}
${showCapability(values, 'no')}`,
    matchers: [
      {
        kind: 'equal',
        id: 'as-before',
        pattern: /^setting=(.*)$/,
        to: { fact: 'was' },
        means: 'The setting is as before.',
        differs: 'The setting is not as before.',
        next: 'Set it by hand.',
      },
      {
        kind: 'absent',
        id: 'gone',
        pattern: /^before-login=yes$/,
        looked: /^before-login=no$/,
        means: 'The capability is gone. Devices fetch mail by time again.',
        found: 'The capability is still advertised.',
        missing: 'The server did not say its capabilities.',
        next: 'Restart the mail service.',
      },
    ],
  },
});

const after = (values: Parameters): Step => ({
  ...common,
  ...asking(values),
  kind: 'command',
  id: 'after',
  title: 'Ask the server for its capabilities again',
  intro: 'What counts is what the server says to a phone, not the setting.',
  danger: 'reads',
  script: sh`${showCapability(values, 'yes')}
${showAfterLogin(values)}`,
  matchers: [
    noAnswer,
    refused,
    {
      kind: 'expected',
      id: 'advertised',
      pattern: /^(?:before|after)-login=yes$/,
      means: 'The server advertises XAPPLEPUSHSERVICE.',
      missing: 'The server does not advertise XAPPLEPUSHSERVICE.',
      next: 'Restart the mail service. If it stays so, check push notifications and their certificates in the Server app: they have to be renewed every year.',
      remedies: ['restart-mail'],
    },
  ],
});

const onPhone = ({ guid }: Parameters): Step => ({
  ...common,
  kind: 'manual',
  id: 'phone',
  title: 'Let a device register',
  intro: 'A device asks for the capabilities when it connects, and registers then.',
  instructions: [
    'On the iOS device: Settings, Mail, Accounts, Fetch New Data. The account has to show “Push”.',
    'If it shows “Fetch”, remove the account from the device and add it again.',
    'Send a mail to this user.',
  ],
  ...(guid === '' ? { danger: 'reads' as const } : { danger: 'changes' as const, ...registers(guid) }),
});

/** Dovecot writes a section for the user into its device map. Only whether it is there is printed: it holds the tokens of devices. */
const registers = (guid: string) => ({
  lab: sh`lab-mail-hand phone`,
  verify: {
    script: showRegistered(guid),
    matchers: [
      {
        kind: 'failure' as const,
        id: 'unread',
        pattern: /^registered=unread$/,
        alone: true as const,
        means: 'The device map could not be read.',
        next: 'Check the file as root. Do not edit it by hand.',
      },
      {
        kind: 'expected' as const,
        id: 'registered',
        pattern: /^registered=yes$/,
        means: 'A device of this user has registered.',
        missing: 'No device of this user has registered.',
        next: 'Remove the account from the device, add it again, and check again. Check that the GUID is this user’s.',
        remedies: ['add-again'],
      },
    ],
  },
  irreversible: 'A device that has registered stays in the device map. Without the capability it is not used.',
});

export const remedies: readonly Remedy[] = [
  {
    id: 'restart-mail',
    title: 'Restart the mail service',
    explanation: 'Mail is interrupted for some seconds.',
    danger: 'changes',
    script: () => sh`${serverTools}
serveradmin stop mail
serveradmin start mail`,
    needsRoot: true,
    matchers: [
      {
        kind: 'expected',
        id: 'running',
        pattern: /^mail:state = "RUNNING"$/,
        means: 'The mail service runs.',
        missing: 'The mail service does not run.',
        next: 'Read its log.',
      },
    ],
    afterwards: 'retry',
  },
  {
    id: 'start-mail',
    title: 'Start the mail service',
    explanation: 'It did not answer.',
    danger: 'changes',
    script: () => sh`${serverTools}
serveradmin start mail`,
    needsRoot: true,
    matchers: [
      {
        kind: 'expected',
        id: 'running',
        pattern: /^mail:state = "RUNNING"$/,
        means: 'The mail service runs.',
        missing: 'The mail service does not run.',
        next: 'Read its log.',
      },
    ],
    afterwards: 'retry',
  },
  {
    id: 'add-again',
    title: 'Add the account to the device again',
    explanation: 'Settings, Mail, Accounts: delete the account, and add it with the same server.',
    danger: 'changes',
    lab: sh`lab-mail-hand add-again`,
    afterwards: 'retry',
  },
];
