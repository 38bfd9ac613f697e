/**
 * Files of the target, through the session and whatever hops it has: no program of ours is there, and nothing of a file is
 * shown in the terminal or recorded. Everything that can go wrong is a FileTrouble, and then the file is whole: it is
 * written beside itself and moved into place.
 */
import { posix } from 'node:path';
import { quote } from '../../../../shared/topic-kit/index.ts';
import { base64Pieces, base64Text, payloadPieces, payloadText } from './file-payload.ts';
import { type Answer, type QuietSession, type ReadFile, readIn, runOnFiles, sumsOf, type TargetPath } from './file-script.ts';
import { sizeLimit } from './size-limit.ts';

export type { QuietSession, ReadFile, TargetPath };
export interface BackupBase {
  /** Folder of all backups on the target. */
  base: string;
  /** Which of it has to be made, the deepest first. */
  missing: string[];
}
export interface TargetBackup {
  folder: string;
  name: string;
}

/** What is there is this content, or nothing. */
export type Expected = Buffer | null;
const sumOf = (content: Expected) => quote(content === null ? 'absent' : sumsOf(content));

const lookAndRead = ({ newFolders }: TargetPath) => [newFolders ? 'wb_look_or_new' : 'wb_look', `if [ -e "$wb_file" ]; then wb_read ${sizeLimit}; fi`];

export class SessionFiles {
  private readonly session: QuietSession;

  constructor(session: QuietSession) {
    this.session = session;
  }

  /** Throws FileTrouble where it is not an ordinary readable file with one name and at most 8 MiB. Nothing there is no trouble. */
  async read(file: TargetPath): Promise<ReadFile> {
    return readIn(await this.run(file, 'read', lookAndRead(file)), file);
  }

  /** The same for several files at once, which is much quicker than one after the other; in their order. */
  async readAll(files: readonly TargetPath[]): Promise<ReadFile[]> {
    return (await runOnFiles(this.session, files, 'read', (index) => lookAndRead(files[index] as TargetPath))).map((answer, index) =>
      readIn(answer, files[index] as TargetPath),
    );
  }

  /**
   * Puts `content` in the file's place in one instant. Of a file that is there, mode, owner and what cp(1) can keep stay; a
   * new one gets `mode`. `folder`: the physical folder it was seen in; where the path leads elsewhere by now, nothing is written. Throws
   * FileTrouble, with the file as it was. `missing`: folders that are made first, the deepest first, as they were read.
   */
  async write(file: TargetPath, was: Expected, content: Buffer, mode: string, folder = '', missing: readonly string[] = []): Promise<void> {
    const inBase64 = base64Pieces(content);
    const printed = payloadPieces(content);
    // The target chooses; each piece's text is made when its turn comes.
    let chosen = { pieces: printed, text: payloadText };
    let sent = 0;
    const feed = (word: string, value: string) => {
      if (word === 'ready' && value === 'base64') chosen = { pieces: inBase64, text: base64Text };
      if (word !== 'ready' && word !== 'took') return;
      const piece = chosen.pieces[sent++];
      if (piece) this.session.send(chosen.text(content, piece));
    };
    const sizes = [...inBase64, ...printed].map(({ length }) => length).join(' ');
    const line = `wb_write ${sumOf(was)} ${quote(folder)} ${quote(mode)} ${content.length} ${sumOf(content)} ${inBase64.length} ${sizes}`;
    const parent = missing.reduce((inner) => posix.dirname(inner), folder);
    const make = missing.length > 0 ? [`wb_make_folders ${[parent, ...[...missing].reverse()].map(quote).join(' ')}`] : [];
    await this.run(file, 'written', [...make, 'wb_resolve', line], feed);
  }

  /** Where backups lie on this target; `fixed` where that is given, as in a rehearsal. Changes nothing. */
  async backupBase(fixed: string | null): Promise<BackupBase> {
    const missing: string[] = [];
    const keep = (word: string, value: string) => {
      if (word === 'missing') missing.push(value);
    };
    const nowhere = { name: 'The place for backups', place: '/', follow: false, root: '' };
    const { said } = await this.run(nowhere, 'found', [`wb_find_base ${quote(fixed ?? '')}`], keep);
    return { base: said.get('base') ?? '', missing };
  }

  /** Copies files, whose contents are known, with mode, owner and times. The same copy twice is one. */
  async backupAll(copies: readonly { file: TargetPath; content: Buffer; mode: string; to: TargetBackup }[]): Promise<void> {
    const lines = copies.map(({ content, mode, to }) => ['wb_look', `wb_backup ${sumOf(content)} ${quote(mode)} ${quote(to.folder)} ${quote(to.name)}`]);
    await runOnFiles(
      this.session,
      copies.map(({ file }) => file),
      'backed up',
      (index) => lines[index] ?? [],
    );
  }

  /** Puts the backup, whose sums (`sumsOf`) are known, in the file's place, as it was. `folder`: see `write`. */
  async restore(file: TargetPath, was: Expected, from: TargetBackup, sums: string, mode: string, folder = ''): Promise<void> {
    const place = `${from.folder}/${from.name}`;
    await this.run(file, 'restored', ['wb_resolve', `wb_restore ${sumOf(was)} ${quote(folder)} ${quote(mode)} ${quote(place)} ${quote(sums)}`]);
  }

  /** Removes the file, whose content is known. `folder`: see `write`. */
  async remove(file: TargetPath, content: Buffer, folder = ''): Promise<void> {
    await this.run(file, 'removed', ['wb_resolve', `wb_remove ${sumOf(content)} ${quote(folder)}`]);
  }

  /** Removes folders that were made for it, the deepest first, as far as they are empty. */
  async dropFolders(file: TargetPath, folders: readonly string[]): Promise<void> {
    await this.run(file, 'removed', [`wb_drop_folders ${folders.map(quote).join(' ')}`]);
  }

  /** Removes a backup, and the folders after it as far as they are empty. */
  async discard(backup: TargetBackup, folders: readonly string[]): Promise<void> {
    const place = `${backup.folder}/${backup.name}`;
    const file = { name: place, place, follow: false, root: '' };
    await this.run(file, 'removed', [`wb_discard ${[place, ...folders].map(quote).join(' ')}`]);
  }

  private async run(file: TargetPath, attempt: string, lines: readonly string[], onWord: (word: string, value: string) => void = () => undefined) {
    const [answer] = await runOnFiles(this.session, [file], attempt, () => lines, onWord);
    return answer as Answer;
  }
}
