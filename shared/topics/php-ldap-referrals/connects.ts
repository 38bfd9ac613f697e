/** The connections of a PHP file: each gets `LDAP_OPT_REFERRALS` off in front of its first bind. Pure. */
import { type EditRefusal, escapeRegExp } from '../../topic-kit/index.ts';
import { behindBracket, behindStatement, lineNumber, onlyCode } from './php-text.ts';

/** `$ds`, `$this->conn`, `self::$link`, `$links['a']`, in code in which strings are blanks. */
const variable = String.raw`(?:\$|(?:self|static|parent)::\$)\w+(?:\s*->\s*\w+|::\$?\w+|\[[^\][\n]*\])*`;
const connect = new RegExp(String.raw`(${variable})\s*=\s*@?\s*\\?ldap_connect\s*\(`, 'gi');
const anyConnect = /(?<![\w>$:])\\?ldap_connect\s*\(/gi;

interface Change {
  from: number;
  to: number;
  text: string;
}

/** Refused where a connection is opened in another form than `$variable = ldap_connect(…);`, as its end can't be told. */
export function referralsOff(old: string): string | EditRefusal {
  const code = onlyCode(old);
  const calls = [...code.matchAll(connect)];
  const known = new Set(calls.map((call) => call.index + call[0].length));
  const changes: Change[] = [];
  for (const call of code.matchAll(anyConnect)) {
    const before = code
      .slice(Math.max(0, call.index - 40), call.index)
      .trimEnd()
      .replace(/&$/, '')
      .trimEnd();
    if (!known.has(call.index + call[0].length) && !/function$/i.test(before)) return otherForm(old, call.index);
  }
  // As they are written, with the words in their brackets.
  const names = calls.map((call) => old.slice(call.index, call.index + (call[1] ?? '').length));
  for (const [index, call] of calls.entries()) {
    const name = names[index] ?? '';
    const end = behindStatement(code, call.index + call[0].length - 1);
    if (end < 0) return otherForm(old, call.index);
    const next = calls.find((_, other) => other > index && names[other] === name)?.index ?? code.length;
    const change = changeAfter(old, code, { name, from: end, to: next });
    if (change) changes.push(change);
  }
  return changes.reduceRight((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), old);
}

/** What has to be done for one connection; null where it follows no referrals already. */
function changeAfter(old: string, code: string, { name, from, to }: { name: string; from: number; to: number }): Change | null {
  const uses = (called: string) => new RegExp(String.raw`(?<![\w>$:])\\?${called}\s*\(\s*${escapeRegExp(name)}\s*,?`, 'gi');
  const within = (pattern: RegExp, end: number) => [...old.slice(from, end).matchAll(pattern)].filter(({ index }) => code[from + index] === old[from + index]);
  const [firstUse] = within(uses('ldap_(?:bind|sasl_bind|search|list|read)'), to);
  const until = firstUse ? from + firstUse.index : to;
  const options = within(uses('ldap_set_option'), until).map(({ index, 0: text }) => ({ at: from + index, value: from + index + text.length }));
  for (const { at, value } of options) {
    const end = behindBracket(code, code.indexOf('(', at)) - 1;
    const [head] = /^\s*\\?LDAP_OPT_REFERRALS\s*,/.exec(code.slice(value, end)) ?? [];
    if (head === undefined) continue;
    const has = code.slice(value + head.length, end);
    if (/^(?:0|false)$/i.test(has.trim())) return null;
    const from = value + head.length + (has.length - has.trimStart().length);
    if (/^(?:1|true)$/i.test(has.trim())) return { from, to: from + has.trim().length, text: '0' };
  }
  const last = options.at(-1);
  const behind = last ? behindStatement(code, last.at) : from;
  const line = old.slice(old.lastIndexOf('\n', (last?.at ?? from) - 1) + 1);
  const indent = last ? (/^[ \t]*/.exec(line)?.[0] ?? '') : indentOf(old, from);
  const lineEnd = old.includes('\r\n') ? '\r\n' : '\n';
  return { from: behind, to: behind, text: `${lineEnd}${indent}ldap_set_option(${name}, LDAP_OPT_REFERRALS, 0);` };
}

/** Of the line on which the statement that ends there begins. */
function indentOf(text: string, end: number): string {
  const before = text.slice(0, end).split('\n');
  const at = before.findLastIndex((line) => /ldap_connect/i.test(line));
  return /^[ \t]*/.exec(before[at] ?? '')?.[0] ?? '';
}

const otherForm = (text: string, at: number): EditRefusal => ({
  rule: 'other-form',
  means: `Line ${lineNumber(text, at)} opens a connection inside a condition or another expression. This procedure cannot find its end safely.`,
  next: 'Add ldap_set_option($connection, LDAP_OPT_REFERRALS, 0); in front of its ldap_bind by hand, with $connection set by a line of its own. Then run the step again.',
});
