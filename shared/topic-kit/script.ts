/**
 * Shell text with quoting by construction. `` sh`cp ${file('/etc/x')} ${name}` `` quotes every value for a POSIX shell;
 * the only way to put unquoted text in is another `sh` value.
 */
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
type Part = { readonly text: string } | { readonly value: string } | TargetFile | Named;
type Value = string | number | Script | TargetFile | Named | readonly (string | number | TargetFile | Named)[];

const isScript = (value: Value): value is Script => typeof value === 'object' && 'parts' in value;
const isPart = (value: Value): value is TargetFile | Named => typeof value === 'object' && 'kind' in value;

export const file = (path: string): TargetFile => ({ kind: 'file', path });
/** In a rehearsal too as it is: no program of the lab opens it. Everything else that begins with `/etc` and the like is refused there. */
export const anywhere = (text: string): Named => ({ kind: 'named', named: text });

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

/** The shell text, exactly as it is shown and run. `mapFile` says where a target file lies (identity on a real target). */
export function renderScript(script: Script, mapFile: (path: string) => string): string {
  return render(script, (part) => ('named' in part ? quote(part.named) : quotePath(mapFile(part.path))));
}

/** The same for a rehearsal. Throws TypeError for a path that would be this machine's, as `file()` or `anywhere()` is missing around it. */
export function renderSealed(script: Script, mapFile: (path: string) => string): string {
  const [outside] = pathsOutside(render(script, (part) => ('named' in part ? '_' : quotePath(mapFile(part.path)))));
  if (outside !== undefined) throw new TypeError(`${outside} is outside the lab, and a rehearsal touches nothing there`);
  return renderScript(script, mapFile);
}

function render(script: Script, path: (part: TargetFile | Named) => string): string {
  const text = script.parts.map((part) => ('text' in part ? part.text : 'value' in part ? quote(part.value) : path(part))).join('');
  if (terminalControls.test(text)) throw new TypeError('A script contains a control character.');
  return text;
}

/** Like `quote`, and a path that begins with `-` is not taken for an option. */
const quotePath = (path: string) => quote(path.startsWith('-') ? `./${path}` : path);
