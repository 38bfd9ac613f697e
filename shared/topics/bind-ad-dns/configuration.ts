/** Whether BIND takes its configuration: by named-checkconf's exit status, as it warns of much that BIND takes. */
import { type Matcher, sh } from '../../topic-kit/index.ts';

export const checkConfiguration = sh`if named-checkconf; then echo 'The configuration is right.'; else echo "named-checkconf refuses the configuration (status $?)."; fi`;
export const configurationRefused = /^named-checkconf refuses the configuration/;

/** Of a file that was just changed. */
export const configurationTaken: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'too-old',
    pattern: /unknown option 'validate-except'/,
    means: 'This BIND is older than 9.14 and does not have this option.',
    next: 'Undo this run. Then update BIND, or set "dnssec-validation no;" and start again.',
  },
  {
    kind: 'failure',
    id: 'conf-refused',
    pattern: configurationRefused,
    means: 'BIND would reject this configuration. It still runs with the old one.',
    next: 'Undo this run: that puts the file back. Then correct what named-checkconf says above.',
  },
  { kind: 'harmless', id: 'conf-line', pattern: /^\S+:\d+: (?!unknown option 'validate-except')/, means: 'named-checkconf says this of the configuration.' },
  {
    kind: 'expected',
    id: 'conf-right',
    pattern: /^The configuration is right\.$/,
    means: 'BIND can load its configuration.',
    missing: 'named-checkconf rejects the configuration.',
  },
];
