/** awstats.pl without the field in which month, day or hour is chosen. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';

const begin = /^[ \t]*print "<select [^\n]*name=\\"databasebreak\\">\\n";[ \t]*$/;
const end = /^[ \t]*print "<\/select>\\n";[ \t]*$/;
/** What may stand between them: the options, over several lines each. */
const option = /^[ \t]*(?:print "<option"|\. )/;

/** Only whole statements between the field's first and last line are taken out; the empty line behind it stays. */
export function withoutChoice(old: string): string | EditRefusal {
  const lines = old.split('\n');
  const from = lines.findIndex((line) => begin.test(bare(line)));
  if (from < 0) {
    if (!/name=\\?["']databasebreak/.test(old)) return old;
    return other('It is written in another form than in AWStats 7.8.');
  }
  const to = lines.findIndex((line, at) => at > from && end.test(bare(line)));
  const between = lines.slice(from + 1, to);
  if (to < 0 || !between.every((line) => option.test(line)) || !between.some((line) => line.includes('value=\\"hour\\"')))
    return other('Between its first and its last line there is something else than its options.');
  const text = [...lines.slice(0, from), ...lines.slice(to + 1)].join('\n');
  return /name=\\"databasebreak\\"/.test(text) ? other('It is there twice.') : text;
}

const bare = (line: string) => line.replace(/\r$/, '');
const other = (why: string): EditRefusal => ({
  rule: 'other-form',
  means: `The field “databasebreak” of this awstats.pl could not be told from the rest. ${why}`,
  next: 'Find it in sub HTMLTopBanner, and take its print lines out by hand.',
});
