/** The line of zmsaupdate that calls sa-update. Pure. */
import type { EditRefusal } from '../../topic-kit/index.ts';

const option = / --allowplugins(?=[\s"';])/;
const calls = (line: string) => !line.trimStart().startsWith('#') && line.includes('sa-update ') && option.test(line);

/** Without the option; every other byte stays. Never with `--reallyallowplugins`: that lets downloaded rules run code. */
export function withoutPlugins(old: string): string | EditRefusal {
  if (old.includes('antispam_saupdate_reallyallowplugins'))
    return {
      rule: 'repaired',
      means: 'This script is a later one: it uses the option only if localconfig says so.',
      next: 'Set antispam_saupdate_reallyallowplugins to false: "zmlocalconfig -e antispam_saupdate_reallyallowplugins=false". The file was not changed.',
    };
  const lines = old.split('\n');
  const hits = lines.flatMap((line, at) => (calls(line) ? [at] : []));
  const called = lines.some((line) => !line.trimStart().startsWith('#') && line.includes('sa-update '));
  if (hits.length === 0 && called) return old;
  const [at] = hits;
  if (hits.length !== 1 || at === undefined)
    return {
      rule: 'other-script',
      means:
        hits.length === 0
          ? 'No line of the script calls sa-update.'
          : `${hits.length} lines of the script call sa-update with --allowplugins, and one was expected.`,
      next: 'Somebody has changed it. Take the option out by hand, or restore the script of the package. The file was not changed.',
    };
  lines[at] = (lines[at] ?? '').replace(option, '');
  return lines.join('\n');
}
