/** From Digest to Basic, in one file of Apache's configuration. Pure; what is not named here stays byte for byte. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { type Directive, directives, words } from './config-lines.ts';

/** `userFile`: what Basic takes passwords from, where sections name a file with those of Digest; empty: there is none. */
export function digestToBasic(old: string, userFile: string): string | EditRefusal {
  const all = directives(old);
  const digest = all.filter((each) => kindOf(each) === 'type');
  const split = digest.find(({ raw }) => !typeWord.test(raw));
  if (split)
    return {
      rule: 'split-word',
      means: `In line ${split.line}, "AuthType Digest" is split by a backslash in the middle of a word.`,
      next: 'Write it in one line, then show the change again.',
    };
  // Passwords named in a section count for all sections in it.
  const passwords = all.filter((each) => words(each).name === 'authuserfile' && digest.some(({ within }) => each.within.every((id, at) => within[at] === id)));
  const [first] = passwords;
  if (first && userFile === '')
    return {
      rule: 'digest-passwords',
      means: `Line ${first.line} takes the passwords of Digest from ${words(first).values[0]}. Basic can't read those: nobody could log in any more.`,
      next: 'Make a file for Basic with htpasswd and give everybody a password in it. Then begin anew, and name it as "Passwords for Basic".',
    };
  return all.map((each) => (passwords.includes(each) ? withUserFile(each, userFile) : changed(each))).join('');
}

/** `AuthType Digest`, or a line that is of no use any more. */
function kindOf(each: Directive): 'type' | 'unused' | null {
  const { name, values } = words(each);
  if (name === 'authtype' && values[0]?.toLowerCase() === 'digest') return 'type';
  if (name === 'loadmodule' && /digest/i.test(values[0] ?? '')) return 'unused';
  return name.startsWith('authdigest') ? 'unused' : null;
}

const gap = String.raw`(?:\s|\\\r?\n)`;
const typeWord = new RegExp(`^(${gap}*AuthType${gap}+["']?)Digest(?=["']?${gap}*$)`, 'i');

function changed(each: Directive): string {
  const kind = kindOf(each);
  if (kind === 'type') return each.raw.replace(typeWord, '$1Basic');
  // A comment is continued as what it was before, so that one sign takes all its lines out.
  return kind === 'unused' ? each.raw.replace(/^(\s*)/, '$1#') : each.raw;
}

function withUserFile(each: Directive, userFile: string): string {
  if (words(each).values[0] === userFile) return each.raw;
  const indent = /^\s*/.exec(each.raw)?.[0] ?? '';
  const end = /\r?\n$/.exec(each.raw)?.[0] ?? '';
  return `${indent}AuthUserFile ${/[\s"'\\]/.test(userFile) ? `"${userFile.replaceAll(/["\\]/g, '\\$&')}"` : userFile}${end}`;
}
