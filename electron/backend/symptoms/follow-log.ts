/** The program that follows a log from now on, and for another machine the script around it. It only reads. Pure. */
import type { WatchedLog } from '../../../shared/api/watch.ts';
import { quote } from '../../../shared/topic-kit/index.ts';

/** A file by name: a log that is rotated is followed into its new file. */
export const followWords = (log: WatchedLog): [string, ...string[]] =>
  log.kind === 'file' ? ['tail', '-n', '0', '-F', '--', log.file] : ['journalctl', '--follow', '--lines=0', '--output=short-iso', `--unit=${log.unit}`];

/** What it prints before it follows, behind its mark: that it begins, or why it can't. */
export const cannotFollow = ['folder', 'missing', 'unreadable', 'no-unit', 'no-tool'] as const;
export type CannotFollow = (typeof cannotFollow)[number];

/** `mark`: nobody else prints it. */
export function followScript(log: WatchedLog, mark: string): string {
  const [tool] = followWords(log);
  const say = (word: string) => `printf '\\n%s %s\\n' ${mark} ${word}`;
  const checks =
    log.kind === 'file'
      ? [
          `if [ -d ${quote(log.file)} ]; then ${say('folder')}; exit 66; fi`,
          `if [ ! -e ${quote(log.file)} ]; then ${say('missing')}; exit 66; fi`,
          `if [ ! -r ${quote(log.file)} ]; then ${say('unreadable')}; exit 66; fi`,
        ]
      : [`if command -v systemctl >/dev/null 2>&1 && ! systemctl cat ${quote(log.unit)} >/dev/null 2>&1; then ${say('no-unit')}; exit 66; fi`];
  return [
    `command -v ${tool} >/dev/null 2>&1 || { ${say('no-tool')}; exit 66; }`,
    ...checks,
    say('begins'),
    `exec ${followWords(log).map(quote).join(' ')} </dev/null`,
  ].join('\n');
}

export const cannotFollowWords = (log: WatchedLog): Record<CannotFollow, { cause: string; next: string }> => {
  const [tool] = followWords(log);
  const name = log.kind === 'file' ? log.file : log.unit;
  return {
    folder: { cause: `${name} is a folder.`, next: 'Name a log in it.' },
    missing: { cause: `There is no file ${name}.`, next: 'Check its name.' },
    unreadable: { cause: `This user may not read ${name}.`, next: 'Watch it as root, or as a user of the group that may read it.' },
    'no-unit': { cause: `There is no unit ${name}.`, next: 'systemctl list-units shows them.' },
    'no-tool': { cause: `There is no ${tool} to follow the log with.`, next: `Install ${tool}, or watch ${log.kind === 'file' ? 'a unit' : 'a file'}.` },
  };
};
