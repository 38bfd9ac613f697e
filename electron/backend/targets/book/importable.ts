/** What the ssh client knows already and could be a target. Reads its files, changes nothing. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Importable, type ImportCandidate, longestName, type Target, type TargetEntry } from '../../../../shared/api/target.ts';
import { type TargetIssue, targetIssues } from '../../../../shared/api/target-words.ts';
import { configHosts } from './config-hosts.ts';
import { knownNames } from './known-hosts.ts';

/** `configFile`: the client's configuration; known_hosts lies beside it. `base`: what its includes are relative to. */
export function findImportable(configFile: string, targets: readonly Target[], base = path.dirname(configFile)): Importable {
  const { hosts, troubles } = configHosts(configFile, base);
  const { names, hashed, trouble } = readKnown(path.join(path.dirname(configFile), 'known_hosts'));
  const found = new Map<string, Omit<ImportCandidate, 'present'>>();
  for (const { host, detail } of hosts) if (!found.has(host)) found.set(host, { host, from: 'config', detail });
  for (const name of names) {
    const key = keyOf(name);
    if (!found.has(key)) found.set(key, { ...name, from: 'known_hosts', detail: '' });
  }
  const present = new Set(targets.flatMap(({ connection }) => (connection.kind === 'ssh' ? [keyOf(connection)] : [])));
  const judged = [...found.values()].map((each) => ({ each, issues: targetIssues(importedEntry(each)) }));
  const candidates = judged.flatMap(({ each, issues }) => (issues.length === 0 ? [each] : []));
  const refused = judged
    .filter(({ issues }) => issues.length > 0)
    .map(({ each, issues }) => `${quoted(each.host)} of ${each.from === 'config' ? 'your ssh configuration' : each.from} can’t be a target: ${whyNot(issues)}`);
  return { candidates: candidates.map((each) => ({ ...each, present: present.has(keyOf(each)) })), hashed, troubles: [...troubles, ...refused, ...trouble] };
}

export const importedEntry = ({ host, port }: Pick<ImportCandidate, 'host' | 'port'>): TargetEntry => ({
  name: shortName(keyOf({ host, port })),
  connection: { kind: 'ssh', host, ...(port === undefined ? {} : { port }) },
  root: 'none',
  group: '',
  tags: [],
  note: '',
});

const whyNot = (issues: readonly TargetIssue[]) =>
  issues
    .map(({ message }) => (message.startsWith('Give a host name') ? 'ssh takes no such name on its command line.' : message))
    .map((message) => message.replace(/^(?:Host|Port) /, (label) => `its ${label.toLowerCase()}`))
    .join(' ');

/** As long as a name may be; the host itself is kept whole. */
const shortName = (name: string) => (name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`);
const quoted = (host: string) => JSON.stringify(host.length > 100 ? `${host.slice(0, 100)}…` : host);

const keyOf = ({ host, port }: { host: string; port?: number | undefined }) => (port === undefined ? host : `${host}:${port}`);

function readKnown(file: string): ReturnType<typeof knownNames> & { trouble: string[] } {
  try {
    return { ...knownNames(readFileSync(file, 'utf8')), trouble: [] };
  } catch (cause) {
    const absent = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    return { names: [], hashed: 0, trouble: absent ? [] : [`${file} can't be read: ${(cause as Error).message}`] };
  }
}
