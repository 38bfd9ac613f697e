/** On which systems a procedure may run, and whether one that was reached is among them. */
import type { TargetFacts } from '../api/target.ts';

export interface System {
  /** An id of os-release(5), also one that the system says it is like; `macos`; or a kernel's name in small letters, such as `linux`. */
  os: string;
  /** The first version that is right, and the first that is not any more; numbers between dots are compared. */
  from?: string;
  before?: string;
}
export interface Systems {
  /** Any one of them will do. Missing: every POSIX system. */
  oneOf?: readonly System[];
  /** Programs without which no step can go well, and the package that usually brings each. */
  tools?: readonly { name: string; package?: string }[];
}

/** Why a procedure can't run on a system, and what would help; null where it can. What a system did not tell counts for it. */
export function whyNotOn({ oneOf, tools = [] }: Systems, facts: TargetFacts): { message: string; next: string } | null {
  const { name, version } = facts.os;
  const here = `${name} ${version}`.trim() || facts.kernel || 'an unknown system';
  if (oneOf && !oneOf.some((system) => matches(system, facts)))
    return { message: `It is ${here}, and this is for ${oneOf.map(systemText).join(' or ')}.`, next: 'Choose a target that is one of those.' };
  const missing = tools.filter((tool) => facts.tools[tool.name] === null);
  if (missing.length === 0) return null;
  const names = missing.map((tool) => tool.name).join(', ');
  const packages = [...new Set(missing.flatMap((tool) => tool.package ?? []))];
  return {
    message: `${here} has no ${names}.`,
    next: packages.length > 0 ? `Install ${packages.join(', ')} there first.` : 'Install what is missing there first.',
  };
}

function matches({ os, from, before }: System, { os: there, kernel }: TargetFacts): boolean {
  const kernelName = kernel.split(' ')[0]?.toLowerCase();
  if (there.id === os) {
    const version = numbers(there.version);
    // One that begins with no number, such as that of a release to be, is not held against it.
    return (
      version.length === 0 || ((from === undefined || order(version, numbers(from)) >= 0) && (before === undefined || order(version, numbers(before)) < 0))
    );
  }
  // Versions of what a system is like are not its own.
  return from === undefined && before === undefined && (there.like.includes(os) || kernelName === os);
}

/** Below, at or above 0 where the left one is earlier, the same or later. */
function order(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
const numbers = (version: string) => (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);

const titles: Readonly<Record<string, string>> = {
  macos: 'macOS',
  linux: 'Linux',
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  rhel: 'Red Hat Enterprise Linux',
  freebsd: 'FreeBSD',
};
function systemText({ os, from, before }: System): string {
  const title = titles[os] ?? os;
  if (from !== undefined && before !== undefined) return `${title} from ${from}, before ${before}`;
  if (from !== undefined) return `${title} from ${from}`;
  return before === undefined ? title : `${title} before ${before}`;
}
