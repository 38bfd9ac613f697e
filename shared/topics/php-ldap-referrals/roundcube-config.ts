/** Roundcube's address books in LDAP: each gets `'referrals' => false`. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';
import { behindBracket, lineNumber, onlyCode } from './php-text.ts';

const book = /\$(?:rcmail_)?config\s*\[\s*(['"])ldap_public\1\s*\]\s*(\[[^\]\r\n]*\])?\s*=\s*(?:array\s*\(|\[)/gi;
const option = /(['"])referrals\1(\s*=>\s*)(true|false|[01])\b/gi;

export function roundcubeReferralsOff(old: string): string | EditRefusal {
  const code = onlyCode(old);
  let text = old;
  for (const found of [...old.matchAll(book)].reverse()) {
    if (code[found.index] !== '$') continue;
    const open = found.index + found[0].length - 1;
    const end = behindBracket(code, open);
    const inside = old.slice(open + 1, end - 1);
    if (end < 0 || (found[2] === undefined && /\S/.test(onlyCode(`<?php${inside}`).slice(5)))) return nested(old, found.index);
    if (found[2] !== undefined) text = text.slice(0, open + 1) + withOption(inside, code.slice(open + 1, end - 1)) + text.slice(end - 1);
  }
  return text;
}

function withOption(inside: string, code: string): string {
  // Not one of an array within, such as of 'fieldmap'.
  const isOwn = (at: number) => code.slice(0, at).replace(/[^([]/g, '').length === code.slice(0, at).replace(/[^)\]]/g, '').length;
  const there = [...inside.matchAll(option)].find(({ index, 0: all }) => code.slice(index, index + all.length).includes('=>') && isOwn(index));
  if (there) {
    const [all, , , value = ''] = there;
    const at = there.index + all.length - value.length;
    return /^(?:false|0)$/i.test(value) ? inside : `${inside.slice(0, at)}false${inside.slice(at + value.length)}`;
  }
  const [, lineEnd, indent = ''] = /^[ \t]*(\r?\n)([ \t]*)/.exec(inside) ?? [];
  return lineEnd === undefined
    ? `'referrals' => false, ${inside.trimStart()}`
    : `${lineEnd}${indent}'referrals' => false,${inside.slice(inside.indexOf('\n') - (lineEnd.length - 1))}`;
}

const nested = (text: string, at: number): EditRefusal => ({
  rule: 'other-form',
  means: `Line ${lineNumber(text, at)} sets all address books in one array.`,
  next: "Add 'referrals' => false, to each of them by hand, then run the step again.",
});
