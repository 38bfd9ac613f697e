/** What a host says of its system, for where procedures ask for one: lines `kernel=`, `id=`, `like=`, `version=`, `name=`, and `tool.NAME=` with a path or nothing. Pure. */
import type { TargetFacts } from '../../../../shared/api/target.ts';

/** Only what `whyNotOn` looks at is in it. */
export function systemFacts(output: string): TargetFacts {
  const read = new Map(
    output.split('\n').flatMap((line) => (line.includes('=') ? [[line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]] : [])) as [
      string,
      string,
    ][],
  );
  const of = (name: string) => read.get(name) ?? '';
  const tools = Object.fromEntries([...read].flatMap(([name, value]) => (name.startsWith('tool.') ? [[name.slice(5), value || null]] : [])));
  const os = { id: of('id'), like: of('like').split(' ').filter(Boolean), version: of('version'), name: of('name') };
  return { os, kernel: of('kernel'), tools } as unknown as TargetFacts;
}
