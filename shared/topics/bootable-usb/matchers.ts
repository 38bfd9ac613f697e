/** What the check of the folder says, and what it means. */
import { inOrder, type Matcher } from '../../topic-kit/index.ts';

const failure = (id: string, pattern: RegExp, means: string, next: string, more: { remedies?: readonly string[]; noWayBack?: boolean } = {}): Matcher => ({
  kind: 'failure',
  id,
  pattern,
  means,
  next,
  ...more,
});

export const folderMatchers: readonly Matcher[] = [
  failure('tool-missing', /^Missing: /, 'A program is missing that makes disk images.', 'Install the package it is in, and run the step again.'),
  failure(
    'too-large',
    /^Too large: /,
    'FAT32 can’t hold it: a file can have at most 4 GiB less one byte.',
    'Split it (wimlib-imagex split for a .wim), or write an image of its makers instead.',
  ),
  failure('bad-name', /^Name: /, 'FAT32 can’t hold a name with one of " : * ? < > | \\ or a dot or blank at its end.', 'Rename it, and run the step again.', {
    remedies: ['rename'],
  }),
  failure('twice', /^Twice: /, 'Two names differ in capitals only; for FAT32 they are the same.', 'Rename one of them, and run the step again.'),
  failure(
    'no-file',
    /^(No file|Leads nowhere): /,
    'It is a pipe, a device, a socket, or a link to nothing.',
    'Remove it from the folder, and run the step again.',
  ),
  failure('unreadable', /^Unreadable: /, 'You do not have permission to read it.', 'Give yourself permission, and run the step again.'),
  failure(
    'no-folder',
    inOrder(/cd: /i, /can't cd|No such|Not a directory|Permission/i),
    'There is no such folder, or you have no permission to open it.',
    'Name the right one in a new run.',
  ),
  {
    kind: 'warning',
    id: 'starts-nothing',
    pattern: /^Starts nothing: /,
    means: 'No system starts from this stick by itself: the program that UEFI looks for is not in the folder. The files will still be there.',
    next: 'For a stick that starts, put a UEFI shell or a boot loader there under that name, and run the step again. Nothing was erased yet.',
  },
  {
    kind: 'warning',
    id: 'no-program',
    pattern: /^No program: /,
    means: 'It has the name that UEFI looks for, but is not a UEFI program.',
    next: 'Check that it was copied completely, then run the step again. Nothing was erased yet.',
  },
  {
    kind: 'harmless',
    id: 'starts',
    pattern: /^Starts UEFI systems of:/,
    text: 'Starts UEFI systems of: x86-64',
    means: 'UEFI systems of this kind start from it. A BIOS does not.',
  },
  {
    kind: 'expected',
    id: 'folder-fits',
    pattern: /^Files: +[1-9]/,
    means: 'Everything in the folder fits onto FAT32.',
    missing: 'There is no file in the folder.',
    next: 'Name the folder with the files in a new run.',
  },
];
