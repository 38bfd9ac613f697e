/** The change itself, in each of its ways, with its proof and its way back. */
import { file, type Matcher, type Step, setKeys, sh } from '../../topic-kit/index.ts';
import { referralsOff } from './connects.ts';
import type { Parameters } from './parameters.ts';
import { byDefault, connectionsIn, phpFiles, rebind } from './php-programs.ts';
import { roundcubeReferralsOff } from './roundcube-config.ts';

export const common = { runsOn: 'the web server', danger: 'reads' } as const;

/** What reads the files again. Without a service that is left to the admin, and said in the last step. */
const reload = ({ service }: Parameters) => (service === '' ? {} : { afterwards: { script: sh`systemctl reload-or-restart ${service}` } });
const phpSyntax: Matcher[] = [
  {
    kind: 'failure',
    id: 'syntax',
    pattern: /^(?:PHP )?Parse error|^Errors parsing /,
    means: 'PHP cannot read a file.',
    next: 'If this step has changed it, it was put back: add the option by hand. Else correct it first.',
  },
];
const proved = (values: Parameters, what: string) => ({
  ...common,
  kind: 'edit' as const,
  danger: 'changes' as const,
  needsRoot: true as const,
  verify: {
    baseline: true as const,
    orPutBack: true as const,
    script: connectionsIn(values),
    matchers: [
      ...phpSyntax,
      {
        kind: 'expected' as const,
        id: 'none-follows',
        pattern: /^connections that follow: 0, that do not: [1-9]\d*, files not read: 0$/,
        means: `PHP reads the files, and ${what} follows references.`,
        missing: `${what[0]?.toUpperCase()}${what.slice(1)} was to follow references, and PHP reads it otherwise.`,
        next: 'The lines "on:" above name the places. Add the option there by hand.',
      },
    ],
  },
  undone: {
    matchers: [
      {
        kind: 'expected' as const,
        id: 'follows-again',
        pattern: /^connections that follow: [1-9]/,
        means: 'The files are as they were: references are followed again.',
        missing: 'The files do not follow references as before.',
        next: 'Compare them with the backup.',
      },
    ],
  },
  ...reload(values),
});

export function change(values: Parameters): Step {
  const { way, folder, roundcube, ldapConf } = values;
  if (way === 'code')
    return {
      ...proved(values, 'no connection'),
      id: 'code',
      title: 'Switch referrals off in the code',
      intro: 'Adds ldap_set_option(…, LDAP_OPT_REFERRALS, 0) in front of the first bind of each connection. Nothing else changes.',
      files: { what: `every PHP file below ${folder} with ldap_connect`, find: sh`${phpFiles(folder)}; [ -d ${file(folder)} ]`, matchers: noFolder(folder) },
      edit: (old) => referralsOff(old),
    };
  if (way === 'roundcube')
    return {
      ...proved(values, 'no address book'),
      id: 'roundcube',
      title: 'Switch referrals off in Roundcube',
      intro: "Adds 'referrals' => false to each LDAP address book.",
      file: roundcube,
      followLinks: true,
      edit: (old) => roundcubeReferralsOff(old),
    };
  if (way === 'system')
    return {
      ...common,
      kind: 'edit',
      id: 'ldap-conf',
      title: 'Switch referrals off in ldap.conf',
      intro: 'Sets REFERRALS off for every program on this server that uses OpenLDAP’s library and does not set it itself.',
      danger: 'changes',
      needsRoot: true,
      file: ldapConf,
      create: { mode: '0644' },
      edit: (old) => setKeys(old, { REFERRALS: 'off' }, { separator: ' ', anyCase: true }),
      verify: {
        script: byDefault,
        matchers: [
          {
            kind: 'expected',
            id: 'not-followed',
            pattern: /^referrals by default: not followed$/,
            means: 'The library has read it.',
            missing: 'The library does not follow this file.',
            next: 'Check for LDAPREFERRALS or LDAPCONF in the environment.',
          },
        ],
      },
      undone: {
        script: byDefault,
        matchers: [
          {
            kind: 'expected',
            id: 'followed',
            pattern: /^referrals by default: followed$/,
            means: 'The library follows references again.',
            missing: 'The library still does not follow references.',
            next: 'Compare the file with its backup.',
          },
        ],
      },
      ...reload(values),
    };
  return {
    ...common,
    kind: 'manual',
    id: 'callback',
    title: 'Add the rebind callback',
    intro: 'With it libldap logs in at each server that a reference names. The password goes there: the card allows only ldaps and hosts of the same domain.',
    danger: 'changes',
    instructions: [
      'Put the lines of the card behind ldap_connect, in front of ldap_bind.',
      'Put your own variables in the place of $connection, $host, $dn and $password.',
    ],
    cards: [{ title: 'Rebind callback', lines: rebind, note: 'The callback returns 0 when the login worked.' }],
    lab: sh`lab-php-hand rebind`,
    verify: {
      looksOnlyAt: 'whether PHP can set a callback',
      script: sh`php -r ${'echo "callback: ", function_exists("ldap_set_rebind_proc") ? "possible" : "not possible", "\\n";'}`,
      matchers: [
        {
          kind: 'expected',
          id: 'possible',
          pattern: /^callback: possible$/,
          means: 'This PHP can set a callback.',
          missing: 'This PHP cannot: its LDAP extension was built against another library.',
          next: 'Choose another way.',
        },
      ],
    },
    irreversible: 'Wrenchbook does not change the file. Take the lines out again by hand.',
  };
}

const noFolder = (folder: string): Matcher[] => [
  { kind: 'failure', id: 'no-folder', pattern: /No such file/, means: `There is no folder ${folder}.`, next: 'Start a new run with the right one.' },
];
