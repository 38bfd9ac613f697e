/** Text for `echo` in the scripts of a UEFI shell: ASCII, in lines of a screen, without what the shell acts on. Pure. */

const width = 76;
const plain: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': "'", '”': "'", '"': "'", '…': '...', '–': '-', '—': '-', '×': 'x' };

/** The shell acts on `^ % # < > | ;`; a `?` could be taken for a wildcard, and a dash in front for an option, quoted or not. */
const plainText = (text: string) =>
  text
    .replace(/[’‘“”"…–—×]/g, (sign) => plain[sign] ?? '')
    .replaceAll(';', ',')
    .replace(/[^ -~]/g, '')
    .replace(/[\^%#<>|?*]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^-+/, '');

/** Lines that show a text, indented behind its first line. */
export function say(text: string, lead = ''): string[] {
  const lines: string[] = [];
  let line = lead;
  for (const word of plainText(text).split(' ')) {
    if (line.trim() !== lead.trim() && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
    }
    line = line.endsWith(' ') || line === '' ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `echo "${one}"`);
}
