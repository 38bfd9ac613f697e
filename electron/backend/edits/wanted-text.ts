/** What a file should hold, from what it holds: the topic's pure function, and what is refused whatever it says. Pure. */
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { EditRefusal } from '../../../shared/topic-kit/index.ts';
import { sizeLimit } from '../sessions/files/size-limit.ts';

export type Wanted = { old: string; text: string; content: Buffer } | { refusal: EditRefusal };

export function wantedText(file: string, content: Buffer, edit: (old: string) => string | EditRefusal): Wanted {
  const old = content.toString('utf8');
  if (!Buffer.from(old).equals(content))
    return refuse('not-utf8', `${file} is not UTF-8 text: editing it as text would damage it.`, 'Edit it by hand, in its own encoding.');
  const text = edit(old);
  if (typeof text !== 'string') return { refusal: text };
  const wanted = Buffer.from(text);
  if (wanted.toString('utf8') !== text)
    return refuse('no-text', `What ${file} should contain is not text.`, 'This is a bug in the procedure. Edit the file by hand.');
  if (text.includes(secretMark) && !old.includes(secretMark))
    return refuse('secret-mark', `${file} would hold ${secretMark} in place of a secret.`, 'Secrets are not written into files by an edit. Enter it by hand.');
  if (wanted.length > sizeLimit) return refuse('too-large', `${file} would have more than 8 MiB.`, 'Edit it by hand.');
  return { old, text, content: wanted };
}

const refuse = (rule: string, means: string, next: string): Wanted => ({ refusal: { rule, means, next } });
