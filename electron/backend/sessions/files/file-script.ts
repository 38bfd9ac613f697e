/** One quiet script that does something with each of several files of the target, and what it says of each. */
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { quote } from '../../../../shared/topic-kit/index.ts';
import functions from './file-functions.sh?raw';
import { FileReply, ReplyProblem } from './file-reply.ts';
import { type FileState, parseState } from './file-state.ts';
import { FileTrouble, isFileProblem } from './file-trouble.ts';
import { posixCksum } from './posix-cksum.ts';
import { sizeLimit } from './size-limit.ts';

/** What is needed of a session. */
export interface QuietSession {
  runQuietly(script: string, take: (bytes: Buffer) => void, kept?: string): Promise<number>;
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
  /** Folders that are missing are made for a new file. */
  newFolders?: boolean;
}
export interface ReadFile {
  /** Behind all links. */
  place: string;
  /** The physical path of its folder, with no link in it. */
  folder: string;
  /** Null where there is no such file. */
  state: FileState | null;
  content: Buffer;
  /** Its folders that are not there, the deepest first. */
  missing: string[];
}

const text = functions
  .split('\n')
  .filter((line) => !/^\s*(#|$)/.test(line))
  .join('\n');

/** What `wb_same` compares: sums by each program that a target may have. */
export const sumsOf = (content: Buffer): string => `${posixCksum(content)} ${createHash('sha256').update(content).digest('hex')}`;
export interface Answer {
  said: Map<string, string>;
  content: Buffer;
}

/** Throws FileTrouble. */
export function readIn({ said, content }: Answer, file: TargetPath): ReadFile {
  const state = stateIn(said, file.name);
  // Files that the kernel makes have no size, and another content at each look.
  if (state?.size === 0 && content.length > 0) throw new FileTrouble('special', file.name, '', 'read');
  if (state && !isSum(said.get('sum'), content)) throw new FileTrouble('garbled', file.name, '', 'read');
  return { place: said.get('place') ?? file.place, folder: said.get('in') ?? '', state, content, missing: foldersFrom(said.get('missing'), file.place) };
}

/** All that a file lies in, up to the outermost one that is missing. */
function foldersFrom(outermost: string | undefined, place: string): string[] {
  if (outermost === undefined) return [];
  const folders: string[] = [];
  for (let folder = path.posix.dirname(place); folder.length >= outermost.length; folder = path.posix.dirname(folder)) folders.push(folder);
  return folders;
}

function stateIn(said: ReadonlyMap<string, string>, name: string): FileState | null {
  if (said.has('absent')) return null;
  const line = said.get('is') ?? '';
  const state = parseState(line);
  if (!state) throw new FileTrouble('unclear', name, `"${line}" for it`, 'read');
  return state;
}

/** The target said one of them, by the program it has. */
const isSum = (said: string | undefined, content: Buffer) => said !== undefined && said !== '' && ` ${sumsOf(content)} `.includes(` ${said} `);

/** `lines`: what is done with each of the files; all in one script. The first trouble ends it, and names its file. */
export async function runOnFiles(
  session: QuietSession,
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
  const hear = (bytes: Buffer) => {
    if (thrown !== null) return;
    try {
      reply.push(bytes);
    } catch (cause) {
      thrown = cause;
      session.interrupt();
    }
  };
  const status = await session.runQuietly([`wb_tag=${tag}`, 'eval "$_wb_kept"', ...each, 'wb_say end'].join('\n'), hear, text);
  const file = files[Math.max(0, answers.length - 1)] as TargetPath;
  if (thrown instanceof ReplyProblem) throw new FileTrouble(thrown.problem, file.name, '', attempt);
  if (thrown !== null) throw thrown;
  const [problem = '', ...detail] = (said.get('failed') ?? '').split(' ');
  if (isFileProblem(problem)) throw new FileTrouble(problem, file.name, detail.join(' '), attempt);
  if (status === 130) throw new FileTrouble('interrupted', file.name, '', attempt);
  if (status !== 0 || !said.has('end')) throw new FileTrouble('unclear', file.name, `with status ${status}`, attempt);
  return answers;
}
