/** Prompts of bash as prompts of zsh. Pure. */

/** A part of a value as the shell sees it once quotes are taken off: text, or an expansion that is made when it is assigned. */
type Part = { text: string } | { expand: string };

/** What stands for `\x` in PS1. Text that zsh has no word for is missing. */
const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  e: '\u001b',
  n: '\n',
  r: '\r',
  '\\': '\\',
  '[': '%{',
  ']': '%}',
  u: '%n',
  h: '%m',
  H: '%M',
  w: '%~',
  W: '%1~',
  $: '%(!.#.$)',
  '!': '%!',
  j: '%j',
  s: 'zsh',
  d: '%D{%a %b %d}',
  t: '%D{%H:%M:%S}',
  T: '%D{%I:%M:%S}',
  '@': '%D{%I:%M %p}',
  A: '%D{%H:%M}',
};

/** Null where it uses something that zsh has no word for. */
export function zshPrompt(text: string): string | null {
  let known = true;
  const made = text.replace(/%|\\(?:D\{([^}]*)\}|([0-7]{3})|x([0-9a-fA-F]{2})|([\s\S]))/g, (found, date, octal, hex, sign) => {
    if (found === '%') return '%%';
    if (date !== undefined) return `%D{${date === '' ? '%X' : date}}`;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    known &&= sign in escapes;
    return escapes[sign] ?? '';
  });
  return known ? made : null;
}

/** A value of one word, with its quotes taken off; null for other forms. */
export function partsOf(value: string): Part[] | null {
  const parts: Part[] = [];
  let rest = value;
  while (rest !== '') {
    const single = /^'([^']*)'/.exec(rest);
    const ansi = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest);
    const double = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(rest);
    const plain = /^[^\s'"$`\\;&|<>()]+/.exec(rest);
    const found = single ?? ansi ?? double ?? plain;
    if (!found) return null;
    // Of $'…' the shell takes the escapes itself; those that a prompt has are the same there.
    if (single || ansi || plain) parts.push({ text: found[1] ?? found[0] });
    else parts.push(...doubleParts(found[1] ?? ''));
    rest = rest.slice(found[0].length);
  }
  return parts;
}

function doubleParts(text: string): Part[] {
  const parts: Part[] = [];
  let rest = text;
  while (rest !== '') {
    const expand = /^(?:\$\{[^}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|`[^`]*`)/.exec(rest);
    const escaped = /^\\([$`"\\])/.exec(rest);
    const [plain = rest[0] ?? ''] = /^[^$`\\]+/.exec(rest) ?? [];
    const [made, length] = expand ? [{ expand: expand[0] }, expand[0].length] : escaped ? [{ text: escaped[1] ?? '' }, 2] : [{ text: plain }, plain.length];
    const last = parts.at(-1);
    if ('text' in made && last && 'text' in last) parts[parts.length - 1] = { text: last.text + made.text };
    else parts.push(made);
    rest = rest.slice(length);
  }
  return parts;
}

/** As $'…', so that no control character is in the file. */
export const ansiQuoted = (text: string): string =>
  `$'${text.replace(/[\\'\p{Cc}]/gu, (sign) => named[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)}'`;
const named: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\u001b': '\\e', '\u0007': '\\a', '\n': '\\n', '\r': '\\r' };

/** The value for zsh, and whether it expands something each time the prompt is shown. Null where that can't be said. */
export function zshPromptValue(value: string): { value: string; substitutes: boolean } | null {
  const parts = partsOf(value);
  if (!parts) return null;
  const made = parts.map((part) => {
    if ('expand' in part) return `"${part.expand}"`;
    const text = zshPrompt(part.text);
    return text === null ? null : ansiQuoted(text);
  });
  if (made.includes(null)) return null;
  return { value: made.length === 0 ? "''" : made.join(''), substitutes: parts.some((part) => 'text' in part && /\$[A-Za-z_{(]|`/.test(part.text)) };
}
