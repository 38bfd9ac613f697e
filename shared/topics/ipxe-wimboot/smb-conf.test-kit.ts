/** Configurations of Samba as hands write them: sections twice, other spellings, comments, lines that go on, CRLF, no last line end. */
import fc from 'fast-check';

const line = fc.constantFrom(
  ...['[global]', '[ Global ]', '[homes]', '[tftpboot]', '[TFTPBOOT]', '[data]'],
  ...['\tread only = no', '   read only = yes', 'ReadOnly=No', 'writeable = yes', 'writable = no', 'write ok = yes'],
  ...['guest ok = no', '  public = yes', 'Guest OK = Yes', 'path = /srv/tftp', '   directory = /srv/tftp/'],
  ...['map to guest = Never', ' map  to guest = bad user', 'Map To Guest = Bad Password', 'workgroup = ÜBUNG', 'comment = a = b'],
  ...['# read only = no', '; [tftpboot]', '', '   ', 'comment = goes \\\n   on', 'read only = \\\n no', 'map to guest = \\\n\tNever'],
);

export const smbConfs = fc
  .record({ lines: fc.array(line, { maxLength: 14 }), ended: fc.boolean(), lineEnd: fc.constantFrom('\n', '\n', '\r\n') })
  .map(({ lines, ended, lineEnd }) => (lines.join('\n') + (ended && lines.length > 0 ? '\n' : '')).replaceAll('\n', lineEnd));
