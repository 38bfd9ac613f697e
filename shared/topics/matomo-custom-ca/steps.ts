/** Ask the server as Matomo does, try the new file on its own and on a public server, set it, and ask again. */
import { type Matcher, type Remedy, type Step, sh } from '../../topic-kit/index.ts';
import { chain } from './chain.ts';
import { configOf, type Parameters } from './parameters.ts';
import { askAsMatomo } from './php-check.ts';
import { withBundle } from './with-bundle.ts';

const common = { runsOn: 'the web server', danger: 'reads', needsRoot: true } as const;
/** Why nothing could be asked. */
const cannotAsk: Matcher[] = [
  {
    kind: 'failure',
    id: 'no-user',
    pattern: /^su: (?:user \S+ does not exist|unknown user|User not known)|^su: Authentication/i,
    alone: true,
    means: 'There is no such user, or it may not be used.',
    next: 'Start a new run with the user that owns config.ini.php.',
  },
  {
    kind: 'failure',
    id: 'no-php',
    pattern: /php: (?:command )?not found|undefined function curl_init/,
    alone: true,
    means: 'There is no PHP on the command line, or it has no curl.',
    next: 'Install php-cli and php-curl. If PHP runs in a container, choose that as the target.',
  },
  {
    kind: 'failure',
    id: 'broken',
    pattern: /^config=broken/,
    alone: true,
    means: 'PHP cannot parse this file, and Matomo neither.',
    next: 'Correct it first: "php -r" with parse_ini_file names the line.',
  },
  {
    kind: 'failure',
    id: 'no-config',
    pattern: /^config=unread$/,
    alone: true,
    means: 'The configuration is not there, or the user can’t read it.',
    next: 'Check the folder of Matomo and the user, and start a new run.',
  },
];

const accepted: Matcher[] = [
  ...cannotAsk,
  {
    kind: 'expected',
    id: 'accepts',
    pattern: /^matomo=0$/,
    means: 'Asked as Matomo asks, the server is accepted.',
    missing: 'Asked as Matomo asks, the server is still refused.',
    next: 'Check "set=" and "file=" above: another configuration may win.',
  },
  { kind: 'harmless', id: 'still', pattern: /^matomo=[1-9]/, text: 'matomo=60 SSL certificate problem: …', means: 'That is curl’s error.' },
];

export function steps(values: Parameters): Step[] {
  const { bundle, public: address } = values;
  return [
    {
      ...common,
      kind: 'command',
      id: 'look',
      title: 'Read Matomo’s configuration',
      intro: 'Reads it as Matomo does, as the user that PHP runs as: its version, its address, and which list of CAs it uses.',
      script: askAsMatomo(values),
      saves: [
        { id: 'url', title: 'Address of Matomo', pattern: /^url=(https:\/\/\S+)$/ },
        { id: 'file', title: 'List of CAs before', pattern: /^file=(\S+)$/ },
      ],
      matchers: [
        ...cannotAsk,
        {
          kind: 'failure',
          id: 'too-old',
          pattern: /^version=(?:[0-2]\.|3\.[0-9](?:[.-]|$))/,
          means: 'This Matomo is older than 3.10.0: it does not know custom_cacert_pem.',
          next: 'Update Matomo. It updates itself over the Internet, which does not need your CA.',
        },
        {
          kind: 'failure',
          id: 'no-address',
          pattern: /^url=(?!https:)/,
          means: 'No trusted host is configured, so its address is not known.',
          next: 'Start a new run with the address of Matomo.',
        },
        {
          kind: 'expected',
          id: 'matomo',
          pattern: /^version=\d/,
          means: 'This is a Matomo.',
          missing: 'This folder is not Matomo’s.',
          next: 'Start a new run with the right folder.',
        },
      ],
    },
    {
      ...common,
      kind: 'command',
      id: 'before',
      title: 'Ask the server as Matomo does',
      intro:
        'Once with the list that Matomo uses now, and a second time with curl.cainfo in php.ini set to the new file: Matomo names its own list, so that changes nothing.',
      minutes: 1,
      script: askAsMatomo(values, 'matomo', 'php-ini'),
      saves: [{ id: 'before', title: 'Error before', pattern: /^matomo=(\d+)/ }],
      matchers: [
        ...cannotAsk,
        {
          kind: 'failure',
          id: 'accepts',
          pattern: /^matomo=0$/,
          means: 'Matomo accepts this server already.',
          next: 'Nothing has to be changed. If its system check still complains, look at the host that it names there.',
        },
        {
          kind: 'failure',
          id: 'other-trouble',
          pattern: /^matomo=(?!0$|77 |60 )|^matomo=60 SSL(?:: no alternative| certificate problem: (?!unable to |self[- ]signed))/,
          means: 'The request fails for a reason that a list of CAs does not change.',
          next: 'Read the text behind the number: name resolution, firewall, an expired certificate or another name.',
        },
        {
          kind: 'harmless',
          id: 'cainfo',
          pattern: /^php-ini=60 /,
          text: 'php-ini=60 SSL certificate problem: …',
          means: 'curl.cainfo has no effect, as Matomo sets its own list.',
        },
        {
          kind: 'expected',
          id: 'refused',
          pattern: /^matomo=(?:60|77) /,
          means: 'Matomo does not accept the certificate, as its CA is not in the list; or the list that is set is not there (77).',
          missing: 'The server was not asked.',
          next: 'Read the lines above.',
        },
        {
          kind: 'harmless',
          id: 'cainfo-file',
          pattern: /^php-ini=77 /,
          text: 'php-ini=77 …',
          means: 'curl.cainfo has no effect, as Matomo sets its own list.',
        },
      ],
    },
    chain(values),
    {
      ...common,
      kind: 'command',
      id: 'new-file',
      title: 'Try the new file',
      intro: `PHP’s user reads ${bundle} and asks ${address === '' ? 'your server' : `your server, and ${address}`}. The file takes the place of Matomo’s list, so it has to hold the public CAs too.`,
      script: askAsMatomo(values, 'new', ...(address === '' ? [] : (['public'] as const))),
      matchers: [
        ...cannotAsk,
        {
          kind: 'failure',
          id: 'no-file',
          pattern: /^(?:new|public)=77 /,
          alone: true,
          means: 'PHP’s user can’t read the new file.',
          next: 'Check its path, its mode (0644) and those of its folders; open_basedir; and that it is inside the container.',
          remedies: ['readable'],
        },
        {
          kind: 'failure',
          id: 'own-refused',
          pattern: /^new=(?!0$)/,
          means: 'With the new file, curl does not accept your server.',
          next: 'Read the text behind the number. Add your CA to the file, as for the step before.',
        },
        {
          kind: 'failure',
          id: 'public-refused',
          pattern: /^public=60 /,
          means: 'The new file has no public CAs: Matomo could not ask for updates any more.',
          next: 'Use the list of the system, to which your CA was added, and not the CA’s own file.',
        },
        {
          kind: 'warning',
          id: 'public-unreachable',
          pattern: /^public=(?!0$|60 |77 )/,
          means: 'The public address could not be reached, so nothing is known of the public CAs.',
          next: 'If this server should reach the Internet, check its way there. A proxy of Matomo’s is not used here.',
        },
        { kind: 'expected', id: 'own', pattern: /^new=0$/, means: 'With the new file, your server is accepted.', missing: 'The server was not asked.' },
      ],
    },
    {
      ...common,
      kind: 'edit',
      danger: 'changes',
      id: 'set',
      title: 'Set custom_cacert_pem',
      intro: 'Sets it in the section [General] of config.ini.php. The first line, the order and all comments stay.',
      file: configOf(values),
      edit: (old) => withBundle(old, bundle),
      verify: {
        orPutBack: true,
        script: askAsMatomo(values, 'matomo'),
        matchers: accepted,
      },
      undone: {
        matchers: [
          {
            kind: 'equal',
            id: 'as-before',
            pattern: /^matomo=(\d+)/,
            to: { fact: 'before' },
            means: 'The server is refused as before.',
            differs: 'The answer is not as before.',
            next: 'Compare the file with its backup.',
          },
        ],
      },
    },
    {
      kind: 'manual',
      runsOn: 'the web server',
      danger: 'reads',
      needsRoot: true,
      id: 'system-check',
      title: 'Look at Matomo’s system check',
      intro: 'Matomo reads its configuration at each request, so no restart is needed.',
      instructions: [
        'Open Administration, Diagnostic, System Check. The line with “unable to get local issuer certificate” should be gone.',
        'Or run "./console diagnostics:run" in Matomo’s folder (Matomo 4 and newer), as the user that PHP runs as.',
        'If an archiving cron job failed with this error, start it again and read its output.',
      ],
      lab: sh`:`,
      verify: { looksOnlyAt: 'whether the server is accepted, asked as Matomo asks', script: askAsMatomo(values, 'matomo'), matchers: accepted },
    },
  ];
}

export const remedies: readonly Remedy[] = [
  {
    id: 'add-ca',
    title: 'Add the CA to the system’s list',
    explanation:
      'Copy your root CA (PEM, name ending in .crt) to where your system collects them, and run update-ca-certificates or update-ca-trust. Then the check is repeated.',
    danger: 'changes',
    lab: sh`lab-matomo-hand add-ca`,
    afterwards: 'retry',
  },
  {
    id: 'readable',
    title: 'Let PHP’s user read the file',
    explanation: 'Certificates are public: mode 0644, and 0755 for its folders. Then the step is repeated.',
    danger: 'changes',
    lab: sh`lab-matomo-hand readable`,
    afterwards: 'retry',
  },
  {
    id: 'one-section',
    title: 'Make one section of two',
    explanation: 'Move the lines of the first [General] into the last one, each key once, and remove the first head. Then the step is repeated.',
    danger: 'changes',
    lab: sh`lab-matomo-hand one-section`,
    afterwards: 'retry',
  },
];
