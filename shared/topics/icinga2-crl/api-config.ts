/** `crl_path` in Icinga's object ApiListener. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';

/** Comments as blanks, and strings as letters, of the same length: brackets in them count for nothing. */
function code(text: string): string {
  let bare = '';
  while (bare.length < text.length) {
    const at = bare.length;
    const two = text.slice(at, at + 2);
    const isString = two.startsWith('"');
    const end = isString
      ? endOfString(text, at)
      : two === '/*'
        ? behind(text, '*/', at + 2)
        : two === '//' || two.startsWith('#')
          ? behind(text, '\n', at) - 1
          : 0;
    bare += end <= at ? text[at] : text.slice(at, end).replace(/[^\n]/g, isString ? 'x' : ' ');
  }
  return bare;
}
const behind = (text: string, end: string, from: number) => {
  const at = text.indexOf(end, from);
  return at < 0 ? text.length + (end === '\n' ? 1 : 0) : at + end.length;
};
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

export function withCrlPath(old: string, path: string): string | EditRefusal {
  const bare = code(old);
  const head = /\bobject\s+ApiListener\b/.exec(bare)?.index;
  const from = head === undefined ? -1 : bare.indexOf('{', head) + 1 || -1;
  const to = from < 0 ? -1 : closing(bare, from);
  if (to < 0)
    return {
      rule: 'no-listener',
      means: 'The file has no whole object ApiListener.',
      next: 'Enable the API with "icinga2 feature enable api", or name the file that has the object.',
    };
  const line = `crl_path = "${path}"`;
  const set = [...bare.slice(from, to).matchAll(/\bcrl_path[ \t]*=[^\n;]*/g)].at(-1);
  if (set) {
    const was = old.slice(from + set.index, from + set.index + set[0].trimEnd().length);
    if (was.replace(/^crl_path[ \t]*=[ \t]*/, '') === `"${path}"`) return old;
    return {
      rule: 'other-crl',
      means: `Icinga uses another CRL already: ${was}. With this one instead, whoever is revoked there would be accepted again.`,
      next: `Bring the other database’s lines into /var/lib/icinga2/ca/crl/index.txt, take this crl_path out, and start a new run.`,
    };
  }
  const lineEnd = old.includes('\r\n') ? '\r\n' : '\n';
  return `${old.slice(0, from)}${lineEnd}  ${line}${old.slice(from)}`;
}

/** Where the bracket ends that was opened before `from`; -1 where it does not. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
