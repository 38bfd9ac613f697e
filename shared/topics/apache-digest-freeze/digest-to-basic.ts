/** From Digest to Basic, in one file of Apache's configuration. Pure; what is not named here stays byte for byte. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { type Directive, directives, words } from './config-lines.ts';

/** `userFile`: what Basic takes passwords from, where sections name a file with those of Digest; empty: there is none. */
export function digestToBasic(old: string, userFile: string): string | EditRefusal {
  const all = directives(old);
  const macros = macrosOf(all);
  const digest = all.filter((each) => kindOf(each) === 'type');
  const split = digest.find(({ raw }) => !typeWord.test(raw));
  if (split)
    return {
      rule: 'split-word',
      means: `In line ${split.line}, "AuthType Digest" is split by a backslash in the middle of a word.`,
      next: 'Write it in one line, then show the change again.',
    };
  const variable = all.find((each) => words(each).name === 'authtype' && isFilledIn(macros, each));
  if (variable)
    return {
      rule: 'variable-type',
      means: `Line ${variable.line} takes its type from a variable or a macro’s parameter: "${variable.text}".`,
      next: 'Write the type out there, or give those sections AuthType Basic by hand. Then run the step again.',
    };
  const skipped = skippedWithoutDigest(all);
  if (skipped)
    return {
      rule: 'if-module',
      means: `Line ${skipped.line}, "${skipped.text}", is in an <IfModule> of Digest’s module. Without the module Apache would skip it, and what it protects could be open to all.`,
      next: 'Write the content of that section without the <IfModule> around it, then run the step again.',
    };
  const provider = all.find((each) => words(each).name === 'authdigestprovider' && words(each).values.some((value) => value.toLowerCase() !== 'file'));
  if (provider)
    return {
      rule: 'digest-provider',
      means: `Line ${provider.line} takes the passwords of Digest from elsewhere than a file: "${provider.text}". Basic would have none: nobody could log in.`,
      next: 'Give that section AuthType Basic and passwords for it (AuthBasicProvider) by hand, and take the line out. Then run the step again.',
    };
  const passwords = digest.length > 0 ? passwordsOfDigest(all) : [];
  const written = new Set(passwords);
  const [first] = passwords;
  const unnamed = passwords.find((each) => isFilledIn(macros, each));
  if (unnamed)
    return {
      rule: 'variable-password-file',
      means: `Line ${unnamed.line} names its password file by a variable or a macro’s parameter: "${unnamed.text}". It can be another one at each place, and the users of one would get into the others.`,
      next: 'Give each of these sections AuthType Basic and a file of its own, made with htpasswd, by hand. Then run the step again.',
    };
  const names = [...new Set(passwords.map((each) => words(each).values[0]))];
  if (names.length > 1)
    return {
      rule: 'several-password-files',
      means: `Sections take passwords from several files: ${names.join(', ')}. With one file for all, the users of one would get into the others.`,
      next: 'Give each of these sections AuthType Basic and a file of its own, made with htpasswd, by hand. Then run the step again.',
    };
  if (first && userFile === '')
    return {
      rule: 'digest-passwords',
      means: `Line ${first.line} takes the passwords of Digest from ${words(first).values[0]}. Basic can't read those: nobody could log in.`,
      next: 'Make a file for Basic with htpasswd and give everybody a password in it. Then start a new run, and name it as "Passwords for Basic".',
    };
  return all.map((each) => (written.has(each) ? withUserFile(each, userFile) : changed(each))).join('');
}

/** Whether its first argument has a variable, an expression or a parameter of the macro it stands in, which may begin with any sign. */
function isFilledIn(macros: ReadonlyMap<number, readonly string[]>, each: Directive): boolean {
  const [value = ''] = words(each).values;
  return /[$@%]/.test(value) || each.within.some((line) => macros.get(line)?.some((name) => value.includes(name)));
}

/** The parameters of each macro, by the number of its line. */
const macrosOf = (all: readonly Directive[]): ReadonlyMap<number, readonly string[]> =>
  new Map(
    all
      .filter(({ text }) => /^<Macro\b/i.test(text))
      .map((macro) => [
        macro.line,
        words(macro)
          .values.slice(1)
          .map((name) => name.replace(/>$/, '')),
      ]),
  );

/** The first directive that Apache reads only as long as Digest’s module is there, and that is more than a setting of it. */
function skippedWithoutDigest(all: readonly Directive[]): Directive | undefined {
  const sections = new Set(all.filter(isDigestSection).map(({ line }) => line));
  if (sections.size === 0) return undefined;
  return all.find((each) => {
    if (each.comment || each.text === '' || /^<\/?IfModule\b/i.test(each.text) || kindOf(each) === 'unused') return false;
    return each.within.some((line) => sections.has(line));
  });
}

function isDigestSection(each: Directive): boolean {
  const { name, values } = words(each);
  const condition = values.join(' ');
  return name === '<ifmodule' && /digest/i.test(condition) && !condition.startsWith('!');
}

/**
 * Sections of other files and places can add up with those of Digest, so that every password file counts whose own section has not
 * Basic already. A condition is no section of its own.
 */
function passwordsOfDigest(all: readonly Directive[]): Directive[] {
  const conditions = new Set(all.filter((each) => /^<If(?:Module|Define|Version|File|Directive|Section)\b/i.test(each.text)).map(({ line }) => line));
  const sectionOf = ({ within }: Directive) => within.findLast((line) => !conditions.has(line));
  // The last one in a section is what counts there.
  const types = new Map(all.filter((each) => words(each).name === 'authtype').map((each) => [sectionOf(each), words(each).values[0]?.toLowerCase()]));
  return all.filter((each) => words(each).name === 'authuserfile' && types.get(sectionOf(each)) !== 'basic');
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
