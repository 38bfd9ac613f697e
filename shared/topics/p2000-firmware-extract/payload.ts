/** What an updater is, and where its archive begins. The script in front of it is read as text and never run. */
import { file, type Script, sh } from '../../topic-kit/index.ts';

/** How far the search goes: the script of CP020030.scexe has 8602 bytes. */
const searched = 2 ** 20;

/**
 * Prints `kind=` and `size=`, of an updater `payload=` too: the byte, from 0, where the archive begins. Each place with gzip's first bytes is tried
 * until one unpacks to a tar archive, as these bytes may also occur by chance.
 */
export const findPayload = (path: string): Script => sh`wb_file=${file(path)}
wb_tar() { head -c 262 | tail -c 5 | tr -d '\\000'; }
wb_try() { tail -c +$(($1 + 1)) "$wb_file" | gzip -dc 2> /dev/null | wb_tar; }
if [ ! -f "$wb_file" ] || [ ! -r "$wb_file" ]; then echo kind=unread; else
  echo "size=$(($(wc -c < "$wb_file")))"
  case $(head -c 8 "$wb_file" | od -An -tx1 | tr -d ' \\n') in
    2321*) wb_at=$(head -c ${searched} "$wb_file" | LC_ALL=C grep -abo "$(printf '\\037\\213\\010')" | cut -d : -f 1 | head -n 20 |
        while read -r wb_offset; do [ "$(wb_try "$wb_offset")" != ustar ] || { echo "$wb_offset"; break; }; done)
      if [ -n "$wb_at" ]; then echo kind=scexe; echo "payload=$wb_at"; else echo kind=script; fi
      wb_says=$(head -c "\${wb_at:-4096}" "$wb_file" | sed -n -e 's/.*skip=\\([0-9][0-9]*\\).*/\\1/p' | head -n 1)
      [ -z "$wb_says" ] || [ "$wb_says" = "$wb_at" ] || echo "script-says=$wb_says" ;;
    1f8b08*) if [ "$(wb_try 0)" = ustar ]; then echo kind=targz; echo payload=0; else echo kind=gzip; fi ;;
    4d5a*) echo kind=exe ;;
    504b0304*) echo kind=zip ;;
    edabeedb*) echo kind=rpm ;;
    3c21* | 3c68* | 3c48* | 3c3f*) echo kind=html ;;
    *) if [ "$(wb_tar < "$wb_file")" = ustar ]; then echo kind=bin; echo payload=0; else echo kind=other; fi ;;
  esac
fi`;

/** What else a file can be, by kind: what it is, and what to do. */
export const otherKinds: Readonly<Record<string, { means: string; next: string }>> = {
  unread: { means: 'The updater is not there, or may not be read.', next: 'Correct its path.' },
  script: {
    means: 'It is a script, and no tar archive was found in its first MiB. The download may be cut off.',
    next: 'Download it again, and compare its size with the vendor’s page.',
  },
  gzip: { means: 'It is a gzip file with something else than a tar archive in it.', next: 'Check which file you downloaded.' },
  exe: { means: 'It is a Windows program, not the updater for Linux.', next: 'Download the .scexe, or list its contents with "7z l".' },
  zip: { means: 'It is a zip archive, as Dot Hill has it.', next: 'Unzip it, and start a new run with the TS….bin in it.' },
  rpm: { means: 'It is an RPM package.', next: 'Unpack it with "rpm2cpio FILE | cpio -idm --no-absolute-filenames" in an empty folder.' },
  html: { means: 'It is a web page: the vendor’s site wants a login, or the file has moved.', next: 'Log in there, and download the file again.' },
  other: { means: 'It begins neither as a script nor as an archive.', next: 'Run "file" on it, and check which file you downloaded.' },
};
