/** How NTLM is switched off, as cards: it concerns the whole domain. */
import { type Step, sh } from '../../topic-kit/index.ts';

export const withoutNtlm: Step = {
  kind: 'manual',
  id: 'ntlm',
  runsOn: 'a domain controller',
  title: 'Switch NTLM off in the domain, if nothing else needs it',
  intro:
    'Then the keychain’s password can’t be used instead of a ticket. First only audit: remote desktop by IP address, printers, NAS and local accounts often need NTLM.',
  danger: 'reads',
  instructions: [
    'Set the policy to audit first, and read the events for some weeks.',
    'Deny only when no such events come. To undo it, set the policy to "Not defined".',
  ],
  cards: [
    {
      title: 'Group policy',
      lines: [
        'Network security: Restrict NTLM: Audit NTLM authentication in this domain',
        'Network security: Restrict NTLM: NTLM authentication in this domain',
      ],
      note: 'Events 8004 and following in Applications and Services Logs, Microsoft, Windows, NTLM.',
    },
    { title: 'Samba as a member', lines: ['[global]', 'ntlm auth = disabled'], note: 'NTLM is then refused with NT_STATUS_NTLM_BLOCKED.' },
    {
      title: 'Only this Mac: /etc/nsmb.conf',
      lines: ['[default]', 'minauth=kerberos'],
      note: 'Uncertain: not tried here, and a section of one server may not be read.',
    },
  ],
  lab: sh`:`,
};
