/**
 * Files of the target, through the session and whatever hops it has: no program of ours is there, and nothing of a file is
 * shown in the terminal or recorded. Everything that can go wrong is a FileTrouble, and then the file is whole: it is
 * written beside itself and moved into place.
 */
import { createHash, randomBytes } from 'node:crypto';
import { quote } from '../../../../shared/topic-kit/index.ts';
import functions from './file-functions.sh?raw';
import { payloadPieces, payloadText } from './file-payload.ts';
import { FileReply, ReplyProblem } from './file-reply.ts';
import { type FileState, parseState } from './file-state.ts';
import { FileTrouble, isFileProblem } from './file-trouble.ts';
import { posixCksum } from './posix-cksum.ts';
import { sizeLimit } from './size-limit.ts';

/** What is needed of a session. */
export interface QuietSession {
  runQuietly(script: string, take: (bytes: Buffer) => void): Promise<number>;
  send(bytes: Buffer): void;
  interrupt(): void;
}
/** Which file is meant. */
export interface TargetPath {
  /** As it is named to people. */
  name: string;
  /** Where the session's shell finds it; below the lab in a rehearsal. */
  place: string;
  /** A link's target is meant, and the link stays. */
  follow: boolean;
  /** What a link's absolute target is below, in a rehearsal; else empty. */
  root: string;
}
export interface ReadFile {
  /** Behind all links. */
  place: string;
  /** Null where there is no such file. */
  state: FileState | null;
  content: Buffer;
}
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
/** What `wb_same` compares: sums by each program that a target may have. */
export const sumsOf = (content: Buffer): string => `${posixCksum(content)} ${createHash('sha256').update(content).digest('hex')}`;
const sumOf = (content: Expected) => (content === null ? 'absent' : sumsOf(content));

const text = functions
  .split('\n')
  .filter((line) => !/^\s*(#|$)/.test(line))
  .join('\n');

const lookAndRead = ['wb_look', `if [ -e "$wb_file" ]; then wb_read ${sizeLimit}; fi`];

/** The target said one of them, by the program it has. */
const isSum = (said: string | undefined, content: Buffer) => said !== undefined && said !== '' && ` ${sumsOf(content)} `.includes(` ${said} `);

export class SessionFiles {
  private readonly session: QuietSession;

  constructor(session: QuietSession) {
    this.session = session;
  }

  /** Throws FileTrouble where it is not an ordinary readable file with one name and at most 8 MiB. Nothing there is no trouble. */
  async read(file: TargetPath): Promise<ReadFile> {
    return readIn(await this.run(file, 'read', lookAndRead), file);
  }

  /** The same for several files at once, which is much quicker than one after the other; in their order. */
  async readAll(files: readonly TargetPath[]): Promise<ReadFile[]> {
    return (await this.runEach(files, 'read', () => lookAndRead)).map((answer, index) => readIn(answer, files[index] as TargetPath));
  }

  /**
   * Puts `content` in the file's place in one instant. Of a file that is there, mode, owner and what cp(1) can keep stay; a
   * new one gets `mode`. Throws FileTrouble, with the file as it was.
   */
  async write(file: TargetPath, was: Expected, content: Buffer, mode: string): Promise<void> {
    const pieces = payloadPieces(content);
    const sizes = pieces.map((piece) => piece.length).join(' ');
    const next = pieces.values();
    const feed = (word: string) => {
      if (word !== 'ready' && word !== 'took') return;
      const piece = next.next().value;
      if (piece) this.session.send(payloadText(content, piece));
    };
    await this.run(file, 'written', ['wb_resolve', `wb_write ${quote(sumOf(was))} ${quote(mode)} ${content.length} ${quote(sumsOf(content))} ${sizes}`], feed);
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

  /** Copies the file, whose content is known, with mode, owner and times. The same copy twice is one. */
  async backup(file: TargetPath, content: Buffer, mode: string, to: TargetBackup): Promise<void> {
    await this.run(file, 'backed up', ['wb_look', `wb_backup ${quote(sumOf(content))} ${quote(mode)} ${quote(to.folder)} ${quote(to.name)}`]);
  }

  /** The same for several files at once. */
  async backupAll(copies: readonly { file: TargetPath; content: Buffer; mode: string; to: TargetBackup }[]): Promise<void> {
    const lines = copies.map(({ content, mode, to }) => ['wb_look', `wb_backup ${quote(sumOf(content))} ${quote(mode)} ${quote(to.folder)} ${quote(to.name)}`]);
    await this.runEach(
      copies.map(({ file }) => file),
      'backed up',
      (index) => lines[index] ?? [],
    );
  }

  /** Puts the backup, whose sums (`sumsOf`) are known, in the file's place, as it was. */
  async restore(file: TargetPath, was: Expected, from: TargetBackup, sums: string, mode: string): Promise<void> {
    const place = `${from.folder}/${from.name}`;
    await this.run(file, 'restored', ['wb_resolve', `wb_restore ${quote(sumOf(was))} ${quote(mode)} ${quote(place)} ${quote(sums)}`]);
  }

  /** Removes the file, whose content is known. */
  async remove(file: TargetPath, content: Buffer): Promise<void> {
    await this.run(file, 'removed', ['wb_resolve', `wb_remove ${quote(sumOf(content))}`]);
  }

  /** Removes a backup, and the folders after it as far as they are empty. */
  async discard(backup: TargetBackup, folders: readonly string[]): Promise<void> {
    const place = `${backup.folder}/${backup.name}`;
    const file = { name: place, place, follow: false, root: '' };
    await this.run(file, 'removed', [`wb_discard ${[place, ...folders].map(quote).join(' ')}`]);
  }

  private async run(file: TargetPath, attempt: string, lines: readonly string[], onWord: (word: string, value: string) => void = () => undefined) {
    const [answer] = await this.runEach([file], attempt, () => lines, onWord);
    return answer as Answer;
  }

  /** `lines`: what is done with each of the files; all in one script. The first trouble ends it, and names its file. */
  private async runEach(
    files: readonly TargetPath[],
    attempt: string,
    lines: (index: number) => readonly string[],
    onWord: (word: string, value: string) => void = () => undefined,
  ): Promise<Answer[]> {
    if (files.length === 0) return [];
    const tag = `wb-${randomBytes(8).toString('hex')}`;
    const answers: Answer[] = [];
    let said = new Map<string, string>();
    const take = (word: string, value: string) => {
      if (word === 'next') {
        said = new Map();
        answers.push({ said, content: Buffer.alloc(0) });
      }
      said.set(word, value);
      // The sum comes behind the data.
      if (word === 'sum') (answers.at(-1) as Answer).content = reply.take();
      onWord(word, value);
    };
    const reply = new FileReply(tag, sizeLimit, take);
    const each = files.flatMap((file, index) => [
      `wb_follow=${file.follow ? 'yes' : 'no'}`,
      `wb_root=${quote(file.root)}`,
      `wb_next ${quote(file.place)}`,
      ...lines(index),
    ]);
    let thrown: unknown = null;
    const status = await this.session.runQuietly([`wb_tag=${tag}`, text, ...each, 'wb_say end'].join('\n'), (bytes) => {
      if (thrown !== null) return;
      try {
        reply.push(bytes);
      } catch (cause) {
        thrown = cause;
        this.session.interrupt();
      }
    });
    const file = files[Math.max(0, answers.length - 1)] as TargetPath;
    if (thrown instanceof ReplyProblem) throw new FileTrouble(thrown.problem, file.name, '', attempt);
    if (thrown !== null) throw thrown;
    const [problem = '', ...detail] = (said.get('failed') ?? '').split(' ');
    if (isFileProblem(problem)) throw new FileTrouble(problem, file.name, detail.join(' '), attempt);
    if (status === 130) throw new FileTrouble('interrupted', file.name, '', attempt);
    if (status !== 0 || !said.has('end')) throw new FileTrouble('unclear', file.name, `with status ${status}`, attempt);
    return answers;
  }
}

interface Answer {
  said: Map<string, string>;
  content: Buffer;
}

/** Throws FileTrouble. */
function readIn({ said, content }: Answer, file: TargetPath): ReadFile {
  const state = stateIn(said, file.name);
  // Files that the kernel makes have no size, and another content at each look.
  if (state?.size === 0 && content.length > 0) throw new FileTrouble('special', file.name, '', 'read');
  if (state && !isSum(said.get('sum'), content)) throw new FileTrouble('garbled', file.name, '', 'read');
  return { place: said.get('place') ?? file.place, state, content };
}

function stateIn(said: ReadonlyMap<string, string>, name: string): FileState | null {
  if (said.has('absent')) return null;
  const line = said.get('is') ?? '';
  const state = parseState(line);
  if (!state) throw new FileTrouble('unclear', name, `"${line}" for it`, 'read');
  return state;
}
