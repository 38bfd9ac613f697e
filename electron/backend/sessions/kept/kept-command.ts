/**
 * A command that goes on without the link: tmux or screen on the target holds its terminal, and this side follows what it
 * shows and passes keystrokes on. What it shows is kept there in a file, byte for byte, so that nothing of it is missing
 * after a link was lost. How it is done on the target: kept-functions.sh, keeper.sh.
 */
import { randomBytes } from 'node:crypto';
import { type Prompt, quote } from '../../../../shared/topic-kit/index.ts';
import { bootIdFunction } from '../boot-id.ts';
import { askQuietly, type QuietLine } from '../quiet-question.ts';
import keeperText from './keeper.sh?raw';
import functionsText from './kept-functions.sh?raw';

export type Keeper = 'tmux' | 'screen';
/** Where a kept command is found again; nothing in it is secret. */
export interface KeptPlace {
  by: Keeper;
  /** Folder on the target, of its user alone. */
  folder: string;
}
export type KeptState = 'running' | 'ended' | 'gone' | 'waiting';

/** What is needed of a terminal. */
export interface KeptLine extends QuietLine {
  /** Runs a script whose output is shown, and to which keystrokes go. Rejects with SessionLost. */
  show(script: string, prompts: readonly Prompt[]): Promise<number>;
}

/** The end of a follow of something that is not there any more. */
const goneStatus = 71;
/** Of a long output its beginning and its end are judged, each of this many bytes. */
const judgedHalf = 512 * 1024;
/** How far back the place is looked for up to which it was shown already. */
const windowBytes = 4096;

const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n');
const functions = `${bootIdFunction}\n${withoutComments(functionsText)}`;
const keeper = withoutComments(keeperText);

/** Which of the two is there; null for neither. */
export async function lookForKeeper(line: QuietLine): Promise<Keeper | null> {
  return keeperNamed((await askQuietly(line, functions, '_wb_look')).said.get('by'));
}
const keeperNamed = (name = ''): Keeper | null => (name === 'tmux' || name === 'screen' ? name : null);

export class KeptCommand {
  readonly place: KeptPlace;
  private readonly line: KeptLine;

  constructor(line: KeptLine, place: KeptPlace) {
    this.line = line;
    this.place = place;
  }

  /** Makes a terminal on the target that outlasts the link; nothing runs in it yet. Null where neither tmux nor screen can. */
  static async prepare(line: KeptLine): Promise<{ command: KeptCommand; begin(script: string): Promise<boolean> } | null> {
    const token = randomBytes(16).toString('hex');
    const { said } = await askQuietly(line, functions, `_wb_prepare ${token} ${quote(keeper)}`);
    const by = keeperNamed(said.get('by'));
    const folder = said.get('folder');
    // As kept-functions.sh makes it; the target could say anything.
    if (!by || !folder || !/^\/[A-Za-z0-9_./-]{1,200}$/.test(folder)) return null;
    const command = new KeptCommand(line, { by, folder });
    return { command, begin: async (script) => (await command.ask(`_wb_begin ${command.folder} ${token} ${quote(script)}`)).status === 0 };
  }

  async state(): Promise<KeptState> {
    const { said } = await this.ask(`_wb_say state "$(_wb_state ${this.folder})"`);
    const state = said.get('state');
    return state === 'running' || state === 'ended' || state === 'waiting' ? state : 'gone';
  }

  /** Shows it from this byte on, until it ends; false where it is not there any more. */
  async follow(from: number, prompts: readonly Prompt[]): Promise<boolean> {
    return (await this.line.show(`${functions}\n_wb_follow ${this.folder} ${from}`, prompts)) !== goneStatus;
  }

  /** Shows what is left from this byte on; resolves with the status it ended with. */
  collect(from: number): Promise<number> {
    return this.line.show(`${functions}\n_wb_collect ${this.folder} ${from}`, []);
  }

  /**
   * Up to which byte it was shown, where the bytes up to `seen` came and `last` are the last of them: when a link is lost, its
   * own last words are among them. It goes back to the beginning of a line, so that a question that waits is seen again.
   */
  async shownUpTo(seen: number, last: Buffer): Promise<number> {
    const tail = last.subarray(-windowBytes);
    const from = seen - tail.length;
    const { bytes } = await this.line.quietly(`${functions}\n_wb_window ${this.folder} ${from} ${tail.length}`);
    return from + lineStart(bytes.subarray(0, sameLength(bytes, tail)));
  }

  /** What it showed in all, for judging. */
  async whole(): Promise<Buffer> {
    return (await this.line.quietly(`${functions}\n_wb_whole ${this.folder} ${judgedHalf}`)).bytes;
  }

  /** Takes it off the target; whether its script had begun. */
  async withdraw(): Promise<'yes' | 'no' | 'unknown'> {
    const begun = (await this.ask(`_wb_withdraw ${this.folder}`)).said.get('begun');
    return begun === 'yes' || begun === 'no' ? begun : 'unknown';
  }

  private get folder(): string {
    return quote(this.place.folder);
  }
  private ask(call: string) {
    return askQuietly(this.line, functions, call);
  }
}

/** How many bytes two begin with alike. */
function sameLength(one: Buffer, other: Buffer): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}
const lineStart = (bytes: Buffer) => bytes.lastIndexOf(0x0a) + 1;
