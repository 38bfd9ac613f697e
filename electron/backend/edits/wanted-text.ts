/** What a file should hold, from what it holds: the topic's pure function, and what is refused whatever it says. Pure. */
import { isUtf8 } from 'node:buffer';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { EditRefusal } from '../../../shared/topic-kit/index.ts';
import { sizeLimit } from '../sessions/files/size-limit.ts';

export type Wanted = { old: string; text: string; content: Buffer } | { refusal: EditRefusal };

/** `anyEncoding`: what is not UTF-8 is taken as ISO-8859-1, in which each byte is a character. */
export function wantedText(file: string, content: Buffer, edit: (old: string) => string | EditRefusal, anyEncoding = false): Wanted {
  const encoding = isUtf8(content) || !anyEncoding ? 'utf8' : 'latin1';
  const old = content.toString(encoding);
  if (!Buffer.from(old, encoding).equals(content))
    return refuse('not-utf8', `${file} is not UTF-8 text: editing it as text would damage it.`, 'Edit it by hand, in its own encoding.');
  const text = edit(old);
  if (typeof text !== 'string') return { refusal: text };
  const wanted = Buffer.from(text, encoding);
  if (wanted.toString(encoding) !== text)
    return refuse('no-text', `What ${file} should contain is not text.`, 'This is a bug in the procedure. Edit the file by hand.');
  if (text.includes(secretMark) && !old.includes(secretMark))
    return refuse('secret-mark', `${file} would hold ${secretMark} in place of a secret.`, 'Secrets are not written into files by an edit. Enter it by hand.');
  if (wanted.length > sizeLimit) return refuse('too-large', `${file} would have more than 8 MiB.`, 'Edit it by hand.');
  return { old, text, content: wanted };
}

const refuse = (rule: string, means: string, next: string): Wanted => ({ refusal: { rule, means, next } });
