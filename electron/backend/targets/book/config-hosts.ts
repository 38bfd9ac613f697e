/**
 * The machines that an ssh_config(5) names: its `Host` aliases, and the hosts that a `Match` spells out. Patterns name none. Nothing is
 * evaluated: no program that a `Match` names is run.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import SshConfig, { type Directive, type Line, LineType, type Section } from 'ssh-config';
import { workstationShell } from '../../sessions/workstation-shell.ts';
import { always, both, type Counts, hostCounts, matchCounts, namedByHost, namedByMatch } from './config-blocks.ts';
import { filesOf } from './path-pattern.ts';

interface ConfigHost {
  host: string;
  /** Its own HostName, User, Port and ProxyJump, for reading; ssh itself knows what else counts. */
  detail: string;
}
interface Found {
  hosts: ConfigHost[];
  troubles: string[];
}
const shown = ['HostName', 'User', 'Port', 'ProxyJump'];
/** As ssh itself allows. */
const deepest = 16;

/**
 * Follows Include as ssh does: relative to `base`, for users that is ~/.ssh, wherever the file lies; a folder is passed over. Of what is included
 * within a block those hosts count that the block is for. A file that can't be read is a trouble.
 */
export function configHosts(file: string, base = path.dirname(file)): Found {
  return read(file, base, always, 0);
}

function read(file: string, base: string, outer: Counts, depth: number): Found {
  let lines: Line[];
  try {
    lines = SshConfig.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return nothing;
    return { hosts: [], troubles: [`${file} can't be read: ${(cause as Error).message}`] };
  }
  const include = (line: Directive, counts: Counts): Found => {
    if (depth >= deepest) return { hosts: [], troubles: [`${file} includes too many files in one another`] };
    return joined(words(line).flatMap((pattern) => filesOf(absolute(pattern, base)).map((each) => read(each, base, counts, depth + 1))));
  };
  return joined(
    lines.map((line) => {
      if (line.type !== LineType.DIRECTIVE) return nothing;
      const keyword = line.param.toLowerCase();
      if (keyword === 'include') return include(line, outer);
      if (keyword !== 'host' && keyword !== 'match') return nothing;
      const names = keyword === 'host' ? namedByHost(words(line)) : namedByMatch(words(line));
      const counts = both(outer, keyword === 'host' ? hostCounts(words(line)) : matchCounts(words(line)));
      const own = (line as Section).config.flatMap((each) => (each.type === LineType.DIRECTIVE ? [each] : []));
      const hosts = names.filter(outer).map((host) => ({ host, detail: detailOf(own) }));
      return joined([{ hosts, troubles: [] }, ...own.filter(({ param }) => param.toLowerCase() === 'include').map((each) => include(each, counts))]);
    }),
  );
}

const nothing: Found = { hosts: [], troubles: [] };
const joined = (all: readonly Found[]): Found => ({ hosts: all.flatMap(({ hosts }) => hosts), troubles: all.flatMap(({ troubles }) => troubles) });

const detailOf = (own: readonly Directive[]): string =>
  shown
    .flatMap((name) => {
      const line = own.find(({ param }) => param.toLowerCase() === name.toLowerCase());
      return line ? [`${name} ${words(line).join(' ')}`] : [];
    })
    .join(', ');

const absolute = (pattern: string, base: string) => path.resolve(base, pattern.replace(/^~(?=\/)/, workstationShell.home()));

function words({ value, quoted }: Directive): string[] {
  if (typeof value !== 'string') return value.map(({ val }) => val);
  return quoted ? [value] : value.split(/\s+/).filter(Boolean);
}
