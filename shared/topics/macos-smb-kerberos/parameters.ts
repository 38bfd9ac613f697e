/** What is asked of the admin: the server, and as whom it is to see this Mac. */
import { z } from 'zod';
import { absolutePath, field, type ParameterIssue } from '../../topic-kit/index.ts';

export const parameters = z.object({
  server: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+$/, 'Give the full DNS name, such as files.example.com: a short name has no Kerberos')
      .regex(/[A-Za-z]/, 'Give the full DNS name, such as files.example.com: an IP address has no Kerberos')
      .max(253),
    {
      label: 'File server',
      help: 'Its full DNS name. By an IP address macOS uses NTLMv2, whatever tickets there are.',
      control: 'text',
      example: 'files.example.com',
    },
  ),
  principal: field(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*@[A-Z0-9.-]+$/, 'Give account@REALM with the realm in capitals, such as alice@EXAMPLE.COM')
      .max(200),
    { label: 'Account', help: 'As whom the server is to see you: the account and the realm in capitals.', control: 'text', example: 'alice@EXAMPLE.COM' },
  ),
  renew: field(z.enum(['agent', 'app', 'sso', 'none']).default('agent'), {
    label: 'New tickets',
    help: 'A ticket ends after some hours. Without a new one, the other account is used again.',
    control: 'choice',
    choices: [
      { value: 'agent', label: 'By an agent of launchd, with the password from the login keychain' },
      { value: 'app', label: 'By the app Kerberos Ticket Autorenewal, as the source does' },
      { value: 'sso', label: 'By Apple’s Kerberos SSO extension, on a managed Mac (10.15 or newer)' },
      { value: 'none', label: 'Not now: I run kinit myself' },
    ],
  }),
  home: field(absolutePath.or(z.literal('')).default(''), {
    label: 'Home folder',
    help: 'The agent’s file comes into it. The check fills it in.',
    control: 'text',
    when: { renew: 'agent' },
  }),
  ntlm: field(z.boolean().default(false), {
    label: 'Show how NTLM is switched off',
    help: 'For the whole domain, and only if no other client needs it. Wrenchbook changes nothing there.',
    control: 'switch',
  }),
});
export type Parameters = z.output<typeof parameters>;
export const label = 'org.wrenchbook.kinit';
export const agentFile = (home: string) => `${home}/Library/LaunchAgents/${label}.plist`;

export const misfit = ({ renew, home }: Parameters): ParameterIssue | null =>
  renew === 'agent' && home === '' ? { field: 'home', message: 'The home folder is not named.', next: 'Check first: it is filled in then.' } : null;
