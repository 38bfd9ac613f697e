/**
 * Shell text with quoting by construction. `` sh`cp ${file('/etc/x')} ${name}` `` quotes every value for a POSIX shell;
 * the only way to put unquoted text in is another `sh` value.
 */
import { leavesQuoteOpen } from './quote-state.ts';
import { pathsOutside } from './sealed-paths.ts';

declare const scriptBrand: unique symbol;
/** Shell text that was built by `sh`, never from a bare string. Still has to be rendered for a target. */
export interface Script {
  readonly [scriptBrand]: true;
  readonly parts: readonly Part[];
}
/** A path on the target. A rehearsal maps absolute ones below the lab folder, so that `/etc/x` there is not this machine's. */
export interface TargetFile {
  readonly kind: 'file';
  readonly path: string;
}
/** Text with a path of the target's in it that is only named, such as a device's that a simulated tool compares. */
export interface Named {
  readonly kind: 'named';
  readonly named: string;
}
/** What an earlier step has saved: filled in, quoted, when the script's turn comes. */
export interface FactValue {
  readonly kind: 'fact';
  readonly fact: string;
  /** `words`: each word of it becomes one of the command's. `file`, `named`: as those functions make of a text. */
  readonly use: 'word' | 'words' | 'file' | 'named';
}
type Part = { readonly text: string } | { readonly value: string } | TargetFile | Named | FactValue;
type Word = string | number | TargetFile | Named | FactValue;
type Value = Word | Script | readonly Word[];

const isScript = (value: Value): value is Script => typeof value === 'object' && 'parts' in value;
const isPart = (value: Value): value is TargetFile | Named | FactValue => typeof value === 'object' && 'kind' in value;

/** In scripts of later steps, of the step's own proof and of its undo. The plan shows it as "‹Disks, read in step 2›". */
export const fact = (id: string, use: 'word' | 'words' = 'word'): FactValue => ({ kind: 'fact', fact: id, use });

export function file(path: string): TargetFile;
export function file(path: FactValue): FactValue;
export function file(path: string | FactValue): TargetFile | FactValue {
  return typeof path === 'string' ? { kind: 'file', path } : { ...path, use: 'file' };
}
/** In a rehearsal too as it is: no program of the lab opens it. Everything else that begins with `/etc` and the like is refused there. */
export function anywhere(text: string): Named;
export function anywhere(text: FactValue): FactValue;
export function anywhere(text: string | FactValue): Named | FactValue {
  return typeof text === 'string' ? { kind: 'named', named: text } : { ...text, use: 'named' };
}

/** Template for shell text. Strings, numbers and files are quoted; arrays become separate words; scripts are put in as they are. */
export function sh(text: TemplateStringsArray, ...values: Value[]): Script {
  const parts: Part[] = [];
  text.forEach((piece, index) => {
    parts.push({ text: piece });
    const value = values[index];
    if (value !== undefined) parts.push(...toParts(value));
  });
  return { parts } as unknown as Script;
}

function toParts(value: Value): Part[] {
  if (typeof value === 'number') return [{ value: String(value) }];
  if (typeof value === 'string') return [{ value }];
  if (isScript(value)) return [...value.parts];
  if (isPart(value)) return [value];
  return value.flatMap((word, index) => [...(index > 0 ? [{ text: ' ' }] : []), ...toParts(word)]);
}

/** Characters a terminal in line mode would act on instead of passing them to the shell (all controls but tab and newline). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach the terminal
const terminalControls = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Quotes one value for a POSIX shell. Throws TypeError for control characters, which no terminal line can carry. */
export function quote(value: string): string {
  if (terminalControls.test(value)) throw new TypeError(`A value contains a control character: ${JSON.stringify(value)}`);
  if (value !== '' && /^[A-Za-z0-9_./:=@%+,-]+$/.test(value) && !value.startsWith('-') && !value.startsWith('=')) return value;
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** What stands for a fact in a text that is made before it is known. Throws TypeError where no earlier step saves it. */
export type FactMark = (fact: FactValue) => string;
/** Marks of facts, wherever they stand in a text. */
export const factMarks = /‹[^‹›\n]*, read in step \d+›/g;

/**
 * The shell text, exactly as it is shown and run. `mapFile` says where a target file lies (identity on a real target). Throws TypeError for a
 * fact where `mark` is missing, and for a value that looks like a fact's mark.
 */
export function renderScript(script: Script, mapFile: (path: string) => string, mark?: FactMark): string {
  return render(script, (part) => ('named' in part ? quote(part.named) : quotePath(mapFile(part.path))), mark);
}

/** The same for a rehearsal. Throws TypeError for a path that would be this machine's, as `file()` or `anywhere()` is missing around it. */
export function renderSealed(script: Script, mapFile: (path: string) => string, mark?: FactMark): string {
  const [outside] = pathsOutside(render(script, (part) => ('named' in part ? '_' : quotePath(mapFile(part.path))), mark));
  if (outside !== undefined) throw new TypeError(`${outside} is outside the lab, and a rehearsal touches nothing there`);
  return renderScript(script, mapFile, mark);
}

function render(script: Script, path: (part: TargetFile | Named) => string, mark: FactMark = noFacts): string {
  const text = script.parts
    .map((part) => ('text' in part ? part.text : 'value' in part ? quote(part.value) : 'fact' in part ? mark(part) : path(part)))
    .join('');
  if (terminalControls.test(text)) throw new TypeError('A script contains a control character.');
  // Filling it in would put what was read where nobody meant it, and within other quotes.
  if ((text.match(factMarks)?.length ?? 0) !== script.parts.filter((part) => 'fact' in part).length)
    throw new TypeError('A value looks like the mark of something that is read later');
  script.parts.forEach((part, index) => {
    if (
      'fact' in part &&
      leavesQuoteOpen(
        script.parts
          .slice(0, index)
          .map((before) => ('text' in before ? before.text : 'x'))
          .join(''),
      )
    )
      throw new TypeError(`The fact "${part.fact}" stands between quotes: it is quoted already`);
  });
  return text;
}

const noFacts: FactMark = ({ fact: id }) => {
  throw new TypeError(`The fact "${id}" has no place in this script: nothing is saved before it`);
};

/** Like `quote`, and a path that begins with `-` is not taken for an option. */
export const quotePath = (path: string) => quote(path.startsWith('-') ? `./${path}` : path);
