/** Whether shell text leaves a quote open. Pure. */

/**
 * Whether what comes behind this text would stand between quotes, or in a comment or here-document: a value quoted for a shell is none there.
 * `"$(cmd ` is no such place, as quoting begins again within `$(`.
 */
export function leavesQuoteOpen(text: string): boolean {
  const open: ('single' | 'double' | 'back' | 'paren')[] = [];
  let end: string | null = null; // of a here-document that begins behind this line
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const inside = open.at(-1);
    if (inside === 'single') {
      if (character === "'") open.pop();
    } else if (character === '\\') at++;
    else if (character === '$' && text[at + 1] === '(') {
      open.push('paren');
      at++;
    } else if (character === '"') inside === 'double' ? open.pop() : open.push('double');
    else if (character === '`') inside === 'back' ? open.pop() : open.push('back');
    else if (inside === 'double') continue;
    else if (character === "'") open.push('single');
    else if (character === '(') open.push('paren');
    else if (character === ')' && inside === 'paren') open.pop();
    else if (character === '#' && /^$|[\s;&|(]/.test(text[at - 1] ?? '')) {
      const line = text.indexOf('\n', at);
      if (line < 0) return true;
      at = line - 1;
    } else if (character === '<' && text[at + 1] === '<') {
      end = /^<<-?\s*(['"]?)(\w+)\1/.exec(text.slice(at))?.[2] ?? end;
      at++;
    } else if (character === '\n' && end !== null) {
      const close = new RegExp(`\n\t*${end}(?=\n|$)`).exec(text.slice(at));
      if (!close) return true;
      at += close.index + close[0].length - 1;
      end = null;
    }
  }
  return open.at(-1) === 'single' || open.at(-1) === 'double';
}
