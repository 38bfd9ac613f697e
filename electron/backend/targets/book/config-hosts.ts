/** The machines that an ssh_config(5) names: its `Host` aliases. Patterns and Match blocks name none. Nothing is evaluated. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import SshConfig, { type Line, LineType, type Section } from 'ssh-config';
import { workstationShell } from '../../sessions/workstation-shell.ts';

interface ConfigHost {
  host: string;
  /** Its own HostName, User, Port and ProxyJump, for reading; ssh itself knows what else counts. */
  detail: string;
}
const shown = ['HostName', 'User', 'Port', 'ProxyJump'];
/** As ssh itself allows. */
const deepest = 16;

/** Follows Include as ssh does: relative to the file's folder, with `*` and `?`. A file that can't be read is a trouble. */
export function configHosts(file: string, depth = 0): { hosts: ConfigHost[]; troubles: string[] } {
  let lines: Line[];
  try {
    lines = SshConfig.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { hosts: [], troubles: [] };
    return { hosts: [], troubles: [`${file} can't be read: ${(cause as Error).message}`] };
  }
  const found = lines.map((line) => {
    if (line.type !== LineType.DIRECTIVE) return { hosts: [], troubles: [] };
    const param = line.param.toLowerCase();
    if (param === 'host') return section(line as Section, file, depth);
    return param === 'include' ? included(words(line.value), file, depth) : { hosts: [], troubles: [] };
  });
  return { hosts: found.flatMap(({ hosts }) => hosts), troubles: found.flatMap(({ troubles }) => troubles) };
}

function section(line: Section, file: string, depth: number): ReturnType<typeof configHosts> {
  const own = line.config.flatMap((each) => (each.type === LineType.DIRECTIVE ? [each] : []));
  const detail = shown.flatMap((name) => {
    const value = own.find(({ param }) => param.toLowerCase() === name.toLowerCase())?.value;
    return value === undefined ? [] : [`${name} ${words(value).join(' ')}`];
  });
  const hosts = words(line.value)
    .filter((host) => !/[*?!]/.test(host))
    .map((host) => ({ host, detail: detail.join(', ') }));
  // An Include belongs to the block it stands in, and may name hosts all the same.
  const inner = own.filter(({ param }) => param.toLowerCase() === 'include').map(({ value }) => included(words(value), file, depth));
  return { hosts: [...hosts, ...inner.flatMap((each) => each.hosts)], troubles: inner.flatMap((each) => each.troubles) };
}

function included(patterns: readonly string[], file: string, depth: number): ReturnType<typeof configHosts> {
  if (depth >= deepest) return { hosts: [], troubles: [`${file} includes too many files in one another`] };
  const found = patterns.flatMap((pattern) => matching(pattern, path.dirname(file)).map((each) => configHosts(each, depth + 1)));
  return { hosts: found.flatMap(({ hosts }) => hosts), troubles: found.flatMap(({ troubles }) => troubles) };
}

/** Files of a pattern, where the last part of the path may have wildcards. */
function matching(pattern: string, folder: string): string[] {
  const full = path.resolve(folder, pattern.replace(/^~(?=\/)/, workstationShell.home()));
  const name = path.basename(full);
  if (!/[*?]/.test(name)) return [full];
  const wanted = new RegExp(
    `^${name
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  try {
    return readdirSync(path.dirname(full))
      .filter((each) => wanted.test(each) && !each.startsWith('.'))
      .sort()
      .map((each) => path.join(path.dirname(full), each));
  } catch {
    return []; // no such folder: ssh passes over it as well
  }
}

const words = (value: string | { val: string }[]): string[] => (typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : value.map(({ val }) => val));
