/** Text of others within Markdown. */

/** Text in which nothing is HTML, a link or an image, whoever wrote it: a target names itself, and tools are quoted. */
export const plain = (text: string) => text.replaceAll('<', '\\<').replaceAll('](', ']\\(');
export const inLine = (text: string) => plain(text.replaceAll('\n', ' '));
export const plainCell = (text: string) => plain(cell(text));

export const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('`', "'");
