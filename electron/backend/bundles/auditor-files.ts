/** What a bundle has besides the run, for people who check it with what every Unix has: a page, and signatures of OpenSSH. */
import { readFileSync } from 'node:fs';
import { fingerprintOf } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { BundledFile, BundleManifest } from './bundle-format.ts';
import { readSeal, sealFile } from './run-seal.ts';
import { sealNamespace, sshFingerprint, sshPublicKey, sshSignature } from './ssh-signature.ts';
import { coversAll } from './whole-seal.ts';

export type RecordAbout = Pick<BundleManifest, 'kind' | 'runId' | 'topicTitle'>;
export interface AuditorFile {
  name: string;
  text: string;
}
/** Whose signature it is, for ssh-keygen; a name of ours, as keys are known by their fingerprints. */
const signer = 'wrenchbook';

/** `files`: the run's own. */
export function auditorFiles(runFolder: string, about: RecordAbout, files: readonly BundledFile[], key: SigningKey): AuditorFile[] {
  const list = files
    .filter(({ kind }) => kind === 'file')
    .map(listLine)
    .join('');
  const seal = readSeal(runFolder);
  const allowed = `${signer} namespaces="${sealNamespace}" ${sshPublicKey(key.publicKey)}\n`;
  return [
    {
      name: 'VERIFY.md',
      text: page({ ...about, allowed, key, sealed: seal && (coversAll(runFolder, seal) ? 'whole' : 'part'), links: files.some(({ kind }) => kind === 'link') }),
    },
    { name: 'allowed_signers', text: allowed },
    { name: 'files.sha256', text: list },
    { name: 'files.sha256.sig', text: sshSignature(Buffer.from(list), key) },
    ...(seal ? [{ name: 'seal.json.sig', text: sshSignature(readFileSync(sealFile(runFolder)), key) }] : []),
  ];
}

/** As sha256sum writes and reads it: names with a backslash or a line break are escaped, and the line says so. */
function listLine({ path, sha256 }: BundledFile): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
}

const words = {
  run: {
    what: 'run',
    unsealed: 'it was never left',
    more: '',
    read: { filter: '"\\(.at)  \\(.type)  \\(.stepId // "")  \\(.script // .text // .outcome // "")"', where: 'docs/journal-format.md' },
  },
  fleet: {
    what: 'fleet run',
    unsealed: 'nobody saw the end of Ansible',
    more: `

The first line of the journal names the files of the playbook with their digests:

\`\`\`sh
sed -n 1p journal.jsonl | jq -r '.files[] | "\\(.sha256)  playbook/\\(.path)"' | sha256sum --check --strict --quiet -
\`\`\``,
    read: {
      filter:
        '"\\(.at)  \\(.type)  \\(.attempt // "")  \\(.event.e // .kind // "")  \\(.event.host // "")  \\(.event.said.command // .event.name // .command // "")"',
      where: 'docs/fleet.md',
    },
  },
} as const;

interface Page extends RecordAbout {
  allowed: string;
  key: SigningKey;
  /** How much the run's seal holds; null where there is none. */
  sealed: 'whole' | 'part' | null;
  links: boolean;
}

function page({ kind, runId, topicTitle, allowed, key, sealed, links }: Page): string {
  const { what, unsealed, more, read } = words[kind];
  const verify = (file: string) => `ssh-keygen -Y verify -f allowed_signers -I ${signer} -n ${sealNamespace} -s ${file}.sig < ${file}`;
  return `# How to check this record by hand

This is the record of ${what} \`${runId}\` (${topicTitle.replaceAll(/[`<>\n]/g, ' ')}), as a bundle of Wrenchbook. You don't need
Wrenchbook to check it: \`tar\`, \`sha256sum\`, \`jq\` and \`ssh-keygen\` (OpenSSH 8.1 or newer) do. Each command below ends with
status 0 where all is well, and with another one where something was changed.

## 1. Unpack

\`\`\`sh
tar -xf ${runId}.wbrun
\`\`\`

Use an empty folder. Whatever the file was called when you got it, call it that.

## 2. Make sure owner of the key

The bundle is signed with the key

- for OpenSSH: \`${sshFingerprint(key.publicKey)}\`
- as Wrenchbook shows it: \`${fingerprintOf(key.publicKey)}\`

Anybody can make a bundle with a key of their own. **Ask the person who gave it to you for the fingerprint, by another way than you
got the bundle**, and compare. \`wrenchbook keys\` shows it there. This is the line of \`allowed_signers\` that goes with it:

\`\`\`
${allowed.trimEnd()}
\`\`\`

\`\`\`sh
cut -d ' ' -f 3- allowed_signers | ssh-keygen -l -f - | grep -F '${sshFingerprint(key.publicKey)}'
\`\`\`

## 3. Check the list of files, and every file

\`\`\`sh
${verify('files.sha256')}
sha256sum --check --strict --quiet files.sha256
\`\`\`

The first says \`Good "${sealNamespace}" signature\`; the second says nothing.${links ? ' Symbolic links in `lab/` are not in the list.' : ''}${more}

## 4. Check the seal, journal and recording against it
${
  sealed === null
    ? `\nThis ${what} has no seal: ${unsealed}.\n`
    : `
\`\`\`sh
${verify('seal.json')}
${
  sealed === 'whole'
    ? `jq -r '"\\(.journal.sha256)  journal.jsonl", (.recording | select(.) | "\\(.sha256)  recording.cast")' seal.json | sha256sum --check --strict --quiet -`
    : `test "$(jq -r '.seq' seal.json)" -lt "$(wc -l < journal.jsonl)"`
}
test "$(sed -n "$(($(jq .seq seal.json) + 1))p" journal.jsonl | tr -d '\\n' | sha256sum | cut -d ' ' -f 1)" = "$(jq -r .digest seal.json)"
\`\`\`

The seal was written by the Wrenchbook that ran this, at the time it names. It holds the journal up to event \`seq\`${sealed === 'whole' ? ', and both files whole' : ''}.
`
}
## 5. Check that the journal is one chain

Every line of the journal holds the SHA-256 of the line before it:

\`\`\`sh
(
  prev=0000000000000000000000000000000000000000000000000000000000000000
  while IFS= read -r line; do
    test "$(printf '%s\\n' "$line" | jq -r .prev)" = "$prev" || exit 1
    prev=$(printf '%s' "$line" | sha256sum | cut -d ' ' -f 1)
  done < journal.jsonl
)
\`\`\`

## 6. Read it

\`\`\`sh
jq -r '${read.filter}' journal.jsonl | cat -v
\`\`\`

\`recording.cast\` is what the terminal showed (asciicast v3; \`asciinema play\` plays it). \`cat -v\` keeps what is recorded from acting on
your terminal. What each kind of event means is in Wrenchbook's ${read.where}.
`;
}
