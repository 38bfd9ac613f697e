/** Why a file can't be worked on, in words: from what the functions in file-functions.sh say. Pure. */
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { sizeLimit } from './size-limit.ts';

/** Stable names, for verdicts. */
export type FileProblem = keyof typeof words;

export class FileTrouble extends WrenchbookError {
  readonly problem: FileProblem;

  constructor(problem: FileProblem, file: string, detail: string, attempt: string) {
    const [says, next] = words[problem](detail);
    super('file', `${file} can't be ${attempt}: ${says}.`, next);
    this.problem = problem;
  }
}

const megabytes = (bytes: number) => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
const again = 'Fix that, then run the step again.';
type Words = (detail: string) => [says: string, next: string];

const words = {
  symlink: (to) => [`it is a symbolic link to ${to}`, 'Find out which file is meant. Only a step that says so follows links.'],
  'link-loop': () => ['it is a symbolic link that leads in a circle', 'Make it a file again, then run the step again.'],
  outside: (folder) => [`its folder ${folder} leads out of the rehearsal's lab`, 'A rehearsal touches nothing outside. Correct the lab of this procedure.'],
  'no-folder': (folder) => [`there is no folder ${folder}`, 'Make sure that what the file belongs to is installed, then run the step again.'],
  'closed-folder': (folder) => [`the folder ${folder} cannot be entered: no permission`, 'Run the step as a user who has permission.'],
  absent: () => ['there is no such file', 'Make sure that what it belongs to is installed, then run the step again.'],
  folder: () => ['it is a folder', 'Name a file.'],
  special: () => ['it is not a regular file but a device, a pipe or a socket', 'Name an ordinary file.'],
  unreadable: () => ['it cannot be read: no permission', 'Run the step as a user who has permission.'],
  'hard-links': (names) => [
    `it has ${names} names (hard links), and the others would keep the old content`,
    'Edit it by hand, or remove the other names (find them with find -samefile).',
  ],
  'too-large': (size) => [`it has ${megabytes(Number(size))}, and at most ${megabytes(sizeLimit)} can be read through the terminal`, 'Edit it by hand.'],
  changed: () => ['it has changed since it was read', 'Nothing was overwritten. Find out who changed it, then run the step again.'],
  'no-space': (detail) => {
    const [free = '', ...folder] = detail.split(' ');
    return [`only ${free} KiB are free in ${folder.join(' ')}`, 'Nothing was changed. Make room there, then run the step again.'];
  },
  moved: (folder) => [
    `its path now leads to the folder ${folder}, and led elsewhere when it was read`,
    'Nothing was changed. Find out who did it, then run the step again.',
  ],
  exposed: (folder) => [
    `others may write to ${folder}, and could replace the file while it is being changed`,
    `Nothing was changed. Remove that permission while the step runs (chmod go-w ${folder}), or edit the file by hand.`,
  ],
  'no-new-folder': (detail) => [`its folder can't be made: ${detail}`, `The file was not written. ${hintOf(detail)}`],
  'no-temp': (detail) => [`no new file can be made in ${detail}`, `Nothing was changed. ${hintOf(detail)}`],
  'no-copy': (detail) => [`it can't be copied: ${detail}`, `Nothing was changed. ${hintOf(detail)}`],
  attributes: (detail) => [
    `its mode and owner can't be kept (${detail})`,
    'Nothing was changed. Run the step as root or as the owner, on a file system that keeps what the file has (ACLs, contexts).',
  ],
  grows: () => ['it grows while it is read', 'Wait until nothing writes to it any more, then run the step again.'],
  garbled: () => [
    'what arrived over the terminal is not what was sent: something else wrote to it, or bytes were lost',
    'Stop what runs in the background of this session, then run the step again.',
  ],
  damaged: () => ['what arrived is not what was sent', 'Nothing was changed. Stop what runs in the background of this session, then run the step again.'],
  'no-move': (detail) => [`the new file can't be put in its place: ${detail}`, `Nothing was changed. ${hintOf(detail)}`],
  'no-remove': (detail) => [`it can't be removed: ${detail}`, `Nothing was changed. ${hintOf(detail)}`],
  'no-backup-folder': (detail) => [`no folder for its backup can be made: ${detail}`, `Nothing was changed. ${hintOf(detail)}`],
  'foreign-backup': (place) => [`something else is at ${place}, where its backup belongs`, 'Move that away, then run the step again.'],
  'no-backup': (place) => [`its backup at ${place} is gone or damaged`, 'Nothing was overwritten.'],
  interrupted: () => ['it was stopped with Ctrl-C', 'Run the step again: the file is read first.'],
  'no-sums': () => [
    'there is neither cksum nor sha256sum, so it is not possible to check that it arrived intact',
    'Nothing was changed. Install coreutils there.',
  ],
  unclear: (detail) => [`the target's shell answered ${detail || 'nothing'}`, 'Check the terminal of this session, then run the step again.'],
} satisfies Record<string, Words>;

export const isFileProblem = (word: string): word is FileProblem => word in words;

function hintOf(detail: string): string {
  if (/read-only/i.test(detail)) return 'The file system is mounted read-only: mount it writable, then run the step again.';
  if (/no space|quota/i.test(detail)) return 'Make room there, then run the step again.';
  if (/permission denied|not permitted/i.test(detail))
    return 'Run the step as a user who may write there; a file marked immutable must be unlocked first (lsattr, chattr -i).';
  return again;
}
