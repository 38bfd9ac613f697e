/** Hosts on which a check would change the same, and in a few words what makes their group another than the rest. Pure. */
import type { ChangedLine, ChangeGroup } from '../../../../shared/api/fleet.ts';

type Group = Pick<ChangeGroup, 'hosts' | 'steps'>;
const mostLines = 3;
const longestLine = 160;

/** Largest first. A group's lines are those that are not in every other group; added ones, else removed ones. Of one group alone: all it changes. */
export function describedGroups(groups: readonly Group[]): ChangeGroup[] {
  const lines = groups.map(changedLines);
  return groups
    .map((group, at) => {
      const others = lines.filter((_, index) => index !== at);
      const own = [...(lines[at] ?? [])].filter((line) => others.length === 0 || !others.every((other) => other.has(line)));
      const added = own.filter((line) => line.startsWith('+'));
      const telling = added.length > 0 ? added : own;
      return { ...group, differs: telling.slice(0, mostLines).map(shown), more: Math.max(0, telling.length - mostLines) };
    })
    .sort((one, other) => other.hosts.length - one.hosts.length);
}

/** With their sign, each once. Names of files are not among them. */
function changedLines({ steps }: Group): Set<string> {
  const found = steps.flatMap(({ diff }) =>
    diff.split('\n').filter((line) => /^[+-]/.test(line) && !/^(?:\+\+\+|---) /.test(line) && line.slice(1).trim() !== ''),
  );
  return new Set(found.map((line) => `${line.charAt(0)}${line.slice(1).trim()}`));
}

const shown = (line: string): ChangedLine => ({
  added: line.startsWith('+'),
  text: line.length > longestLine ? `${line.slice(1, longestLine)}…` : line.slice(1),
});
