/** Apache's configuration as directives, each with the bytes it stands in. Pure. */

export interface Directive {
  /** As it stands in the file, with its line ends; several lines where it is continued with backslashes. */
  raw: string;
  /** What Apache reads: continued lines joined, white space around it taken off. Empty for an empty line. */
  text: string;
  comment: boolean;
  /** Number of its first line, from 1. */
  line: number;
  /** Sections it stands in, the outermost first, by number; a section's first line stands in it. */
  within: readonly number[];
}

/** Every byte of the file is in one of them, in order. Comments can be continued too. */
export function directives(file: string): Directive[] {
  const lines = file.split(/(?<=\n)/);
  const found: Directive[] = [];
  let sections: number[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = at + 1;
    let raw = lines[at++] ?? '';
    while (/\\\r?\n$/.test(raw) && at < lines.length) raw += lines[at++];
    const text = raw.replaceAll(/\\\r?\n/g, '').trim();
    const comment = text.startsWith('#');
    if (!comment && /^<[^/]/.test(text)) sections = [...sections, line];
    found.push({ raw, text, comment, line, within: sections });
    if (!comment && text.startsWith('</')) sections = sections.slice(0, -1);
  }
  return found;
}

/** The first word in small letters, and the arguments without quotes around them. */
export function words({ text, comment }: Directive): { name: string; values: string[] } {
  if (comment) return { name: '', values: [] };
  const [name = '', ...values] = text.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S+/g) ?? [];
  return { name: name.toLowerCase(), values: values.map((value) => value.replace(/^(["'])(.*)\1$/s, '$2')) };
}
