/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'mac macos os-x macbook finder apple imac | smb share file-server fileserver dateiserver windows-server netzlaufwerk partage server kerberos ticket samba cifs | wrong-user wrong user other-user different-user another-user kerberos ticket identity identit* ntlm ntlmv2 keychain remote-desktop owner falscher-benutzer benutzer utilisateur usuario klist smbutil kinit denied logged account permission*',
    'kinit | renew* login mac macos | ticket',
    'smbutil | *',
    'klist | mac macos smb share remote-desktop',
    'ntlm* | kerberos mac macos off disable* | mac macos smb share',
  ],
  asked: [
    'Mac connects to the file server as the wrong user',
    'files on the Windows share belong to another user since I opened Remote Desktop',
    'which identity does my Mac use for SMB',
    'renew the Kerberos ticket at login on a Mac',
    'turn off NTLMv2 on macOS',
    'klist shows a ticket of the other account and the share is denied',
    'Finder logs on to the share with Kerberos instead of the keychain',
    'Mac meldet sich am Dateiserver mit falschem Benutzer an',
    'smbutil statshares does not show the user',
    'mac smb wrong user kerberos',
    'finder server mount other account',
    'I typed another name in Connect to Server but the Windows share opens as my domain user, keychain entry is ignored',
    'After using Microsoft Remote Desktop with an admin account my Mac accesses the file server as that admin',
    'how can i see with klist which identity smb uses on Sonoma and force kinit with the right principal, renew it daily',
    'want to forbid NTLM in nsmb.conf so that the macs only use tickets for the filer',
    'Credentials cache: API:8F2C-41D1  Principal: adm-schmidt@CORP.EXAMPLE.COM  Jun  3 10:01:22 2024  Jun  3 20:01:22 2024  cifs/files01.corp.example.com@CORP.EXAMPLE.COM',
    'Mac verbindet sich mit Windows-Freigabe unter falschem Benutzer, Kerberos-Ticket hat Vorrang vor Schlüsselbund',
  ],
  nearMisses: [
    'samba share is slow with many small files',
    'Mac cannot find the printer',
    'krb5kdc: AS_REQ ISSUE: authtime 1733018040, greta@EXAMPLE.ORG for krbtgt/EXAMPLE.ORG@EXAMPLE.ORG',
  ],
};
