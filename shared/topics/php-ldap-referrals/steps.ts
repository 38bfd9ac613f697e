/** Search with referrals followed and without, change what the admin chose, and look at its effect. */
import { type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { change, common } from './change.ts';
import type { Parameters } from './parameters.ts';
import { timedSearch } from './php-programs.ts';

const bindFailed: Matcher[] = [
  {
    kind: 'failure',
    id: 'bind',
    pattern: /^bind: /,
    means: 'The login failed, so no search was tried.',
    next: 'Check server, account and password, with "ldapwhoami -x -H SERVER -D ACCOUNT -W". A wrong server name also shows here, and not at ldap_connect.',
    remedies: ['other-password'],
  },
  {
    kind: 'failure',
    id: 'no-extension',
    pattern: /undefined function ldap_connect/,
    means: 'PHP on the command line has no LDAP extension.',
    next: 'Install it (Debian: php-ldap), or check with "php -m" whether the web server uses another PHP.',
  },
];
const prompts = [
  {
    id: 'ldap-password',
    pattern: /Password for the search: ?$/,
    question: 'Password for the search?',
    explanation: 'It goes to the search by a pipe. It is written nowhere.',
    answers: [],
    recommended: '',
    secret: true as const,
  },
];

export function steps(values: Parameters): Step[] {
  const asks = values.user === '' ? {} : { prompts };
  return [
    {
      ...common,
      kind: 'command',
      id: 'search-before',
      title: 'Search as the program does',
      intro: `Logs in and searches, with a limit of ${values.seconds} seconds. References are followed, if the system does not say otherwise.`,
      script: timedSearch(values, 'as-set'),
      ...asks,
      saves: [{ id: 'before', title: 'Search before', pattern: /^search: (.+)$/ }],
      matchers: [
        ...bindFailed,
        {
          kind: 'warning',
          id: 'answers',
          pattern: /^search: entries=[1-9].* seconds=[0-4]\./,
          means: 'This search answers at once, although references are followed.',
          next: 'Then referrals are not why the program hangs. Try the base and filter that the program uses before you change anything.',
        },
        {
          kind: 'expected',
          id: 'tried',
          pattern: /^search: /,
          means: 'The search was tried.',
          missing: 'The search was not tried.',
          next: 'Read the lines above.',
        },
      ],
    },
    {
      ...common,
      kind: 'command',
      id: 'search-off',
      title: 'Search without following references',
      intro: 'The same search with LDAP_OPT_REFERRALS off. It shows whether the change will help, before anything is changed.',
      script: timedSearch(values, 'off'),
      ...asks,
      saves: [{ id: 'without', title: 'Search without references', pattern: /^search: (.+)$/ }],
      matchers: [
        ...bindFailed,
        {
          kind: 'failure',
          id: 'still-hangs',
          pattern: /^search: no answer/,
          alone: true,
          means: 'The search hangs without following references too. They are not the cause.',
          next: 'Check the way to the server: firewall, port, name resolution, TLS. Nothing was changed.',
          remedies: ['server-back'],
        },
        {
          kind: 'expected',
          id: 'answers',
          pattern: /^search: entries=[1-9]/,
          means: 'It finds an entry, and does not wait for other servers.',
          missing: 'It found no entry, so it proves nothing.',
          next: 'Choose a base and a filter that find an entry. Error 1 (Operations error) means that the account may not search: give one.',
        },
      ],
    },
    ...(values.page === '' ? [] : [page(values, 'before')]),
    change(values),
    ...(values.way === 'system' ? [searchAfter(values, asks)] : []),
    values.page === '' ? byHand : page(values, 'after'),
  ];
}

const page = ({ page: address, seconds }: Parameters, when: 'before' | 'after'): Step => ({
  ...common,
  kind: 'command',
  id: `page-${when}`,
  title: when === 'before' ? 'Request the page' : 'Request the page again',
  intro: `Requests ${address}, and waits at most ${2 * seconds} seconds.`,
  script: sh`curl -ksS -m ${2 * seconds} -o /dev/null -w ${'page: %{http_code} after %{time_total} s\\n'} ${address} || true`,
  saves: [{ id: `page-${when}`, title: `Page, ${when}`, pattern: /^page: (.+)$/ }],
  matchers: [
    { kind: 'harmless', id: 'timed-out', pattern: /^curl: \(28\)/, text: 'curl: (28) Operation timed out', means: 'It did not answer in time.' },
    ...(when === 'before'
      ? [
          {
            kind: 'expected' as const,
            id: 'requested',
            pattern: /^page: /,
            means: 'It was requested.',
            missing: 'It was not requested.',
            next: 'Check that curl is there.',
          },
        ]
      : [
          {
            kind: 'expected' as const,
            id: 'answers',
            pattern: /^page: [234]\d\d after [0-9]\./,
            means: 'It answers within 10 seconds.',
            missing: 'It does not answer within 10 seconds, or with an error of the server.',
            next: 'Reload the service that runs PHP: with OPcache it can keep the old code. Else undo the run, and read the error log.',
            remedies: ['reload-php'],
          },
        ]),
  ],
});

const byHand: Step = {
  ...common,
  kind: 'manual',
  id: 'try',
  title: 'Try it in the program',
  intro: 'Whether the program itself answers now is seen only there.',
  instructions: [
    'Do what hung before: log in, or search in the address book.',
    'If it still hangs, reload the service that runs PHP. With OPcache it can keep the old code.',
  ],
  lab: sh`:`,
};

const searchAfter = (values: Parameters, asks: object): Step => ({
  ...common,
  kind: 'command',
  id: 'search-after',
  title: 'Search as the program does, again',
  intro: 'The same search as in the first step. It sets no option: what it does comes from ldap.conf.',
  script: timedSearch(values, 'as-set'),
  ...asks,
  saves: [{ id: 'after', title: 'Search after', pattern: /^search: (.+)$/ }],
  matchers: [
    ...bindFailed,
    {
      kind: 'expected',
      id: 'answers',
      pattern: /^search: entries=[1-9].* seconds=[0-4]\./,
      means: 'It answers at once.',
      missing: 'It still does not answer.',
      next: 'Check for a file ldaprc or .ldaprc, or LDAPREFERRALS in the environment: they come before ldap.conf.',
    },
  ],
});

export const remedies: readonly Remedy[] = [
  {
    id: 'other-password',
    title: 'Try the login again',
    explanation: 'Unlock the account or find the right password. The step then asks for it again.',
    danger: 'reads',
    lab: sh`lab-php-hand unlock`,
    afterwards: 'retry',
  },
  {
    id: 'server-back',
    title: 'Make the server reachable',
    explanation: 'Open the port, or start the server. Then the search is tried again.',
    danger: 'changes',
    lab: sh`lab-php-hand reachable`,
    afterwards: 'retry',
  },
  {
    id: 'reload-php',
    title: 'Reload PHP',
    explanation: 'Reload the service that runs PHP, such as "systemctl reload php8.2-fpm". Then the page is requested again.',
    danger: 'changes',
    lab: sh`lab-php-hand reload`,
    afterwards: 'retry',
  },
];
