/** Whom the server sees, judged by its own word. */
import { escapeRegExp, type Matcher } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';

/** The server's word for the account of the principal, with its domain or without. */
export const seesAccount = (principal: string): RegExp => new RegExp(`^user=(?:[^\\\\]*\\\\)?${escapeRegExp(principal.split('@')[0] ?? '')}$`, 'i');

/** The server's own word on whom it has logged in, and by what. */
export const seenAs = ({ principal, server }: Parameters): Matcher[] => [
  {
    kind: 'failure',
    id: 'no-answer',
    pattern: /^smbutil: \S/,
    unless: /^user=/,
    means: `${server} did not answer, or refused the login.`,
    next: 'Check the name, the network and the account.',
  },
  {
    kind: 'expected',
    id: 'user',
    pattern: seesAccount(principal),
    means: 'The server sees your account.',
    missing: 'The server sees another account.',
    next: 'Run "klist -l": another ticket of the realm may be the default. "kswitch -p ACCOUNT@REALM" changes that.',
    remedies: ['make-default'],
  },
  {
    kind: 'expected',
    id: 'kerberos',
    pattern: /^service=yes$/,
    means: 'It was logged in by a Kerberos ticket.',
    missing: 'There is no ticket cifs/… for the server: it was asked by NTLM.',
    next: 'The name has no service principal. Use the name that the server has in the domain, not an alias; on a domain controller "setspn -L SERVER" lists them.',
  },
];
