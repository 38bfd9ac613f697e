/** Matomo's config.ini.php with the file that holds its CAs. Pure. */
import { type EditRefusal, setSectionKeys } from '../../topic-kit/index.ts';

export function withBundle(old: string, bundle: string): string | EditRefusal {
  if (!/^\ufeff?; ?<\?php exit; ?\?>/.test(old))
    return {
      rule: 'no-guard',
      means: 'The first line is not "; <?php exit; ?> DO NOT REMOVE THIS LINE". Without it the web server may show the file with its passwords.',
      next: 'Check that this is Matomo’s configuration, put the line back as the first one, and run the step again.',
    };
  const lines = old.split('\n');
  const long = lines.findIndex((line) => !/^\s*;/.test(line) && (line.match(/(?<!\\)"/g) ?? []).length % 2 === 1);
  if (long >= 0)
    return {
      rule: 'long-value',
      means: `The value in line ${long + 1} does not end on that line. What looks like a section behind it may be a part of it.`,
      next: 'Set custom_cacert_pem in [General] by hand, or write the value in one line.',
    };
  if (lines.filter((line) => /^\s*\[\s*General\s*\]/.test(line)).length > 1)
    return {
      rule: 'two-sections',
      means: 'The file has two sections [General]. PHP reads the last one only, so settings of the first one are without effect.',
      next: 'Make one section of both by hand, check Matomo, and run the step again.',
      remedies: ['one-section'],
    };
  return setSectionKeys(old, 'General', { custom_cacert_pem: `"${bundle}"` }, { separator: ' = ', comment: ';' });
}
