/** What makes a rehearsal's folder the system that its procedure is for: programs around the simulated tools, and files. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Systems } from '../../../shared/topic-kit/index.ts';

/** What restarts a host, by its first word. */
const restarting = [
  ['shutdown', '-r'],
  ['systemctl', 'reboot'],
] as const;
/** Simulated tools that print where things are in the rehearsal. On a host they print where they are there. */
const printsPlaces: Readonly<Record<string, readonly string[]>> = { 'apache-digest-freeze': ['apachectl'], 'osx-server-iscsi': ['mount', 'serveradmin'] };

interface Played {
  topicId: string;
  systems: Systems;
  /** The rehearsal's folder, as its tools call it. */
  name: string;
}

/**
 * Writes it into a folder that is made. `first` comes before all other programs: the kernel's name, restarts, places. `last` has by name only
 * what the first task of a role asks for, which a rehearsal is not asked: programs that the lab does not simulate.
 */
export function writeSystem(folder: string, { name: lab, systems: { oneOf = [], tools = [] }, topicId }: Played): void {
  const program = (place: string, text: string) => writeFileSync(path.join(folder, place), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  for (const made of ['first', 'last']) mkdirSync(path.join(folder, made), { recursive: true });
  const simulated = (tool: string) => [topicId, 'common'].some((tools) => existsSync(path.resolve('assets/lab', tools, tool)));
  for (const [name, word] of restarting) if (simulated(name)) program(`first/${name}`, restarts(name, word));
  for (const name of printsPlaces[topicId] ?? []) program(`first/${name}`, asOnAHost(name, lab));
  for (const { name } of tools) program(`last/${name}`, 'exit 127');
  const [system] = oneOf;
  const version = system?.from ?? '';
  program('first/uname', `[ "$*" = -s ] && echo ${system?.os === 'macos' ? 'Darwin' : 'Linux'} && exit\n${behind}\nexec uname "$@"`);
  writeFileSync(path.join(folder, 'boot_id'), `${randomUUID()}\n`);
  if (system?.os === 'macos') program('last/sw_vers', `echo ${version}`);
  else if (system && system.os !== 'linux') writeFileSync(path.join(folder, 'os-release'), `ID=${system.os}\nVERSION_ID=${version}\nNAME=${system.os}\n`);
}

/** sh text: from here on, programs are those behind the folder `first`. */
const behind = `PATH=\${PATH#*:}`;

/** Behind a restart the host has another start's id, and the next who comes is refused. */
const restarts = (tool: string, word: string) => `${behind}
[ "\${1:-}" = ${word} ] || exec ${tool} "$@"
${tool} "$@" || exit
od -An -N16 -tx1 /dev/urandom >/.wb/system/boot_id
: >/.wb/system/down`;

/** The tool's status stays. */
const asOnAHost = (tool: string, lab: string) => `${behind}
said=$(${tool} "$@"; echo ".$?")
printf %s "\${said%.*}" | sed -E 's,(^|[ "=(])(${lab}/)?root/,\\1/,g'
exit "\${said##*.}"`;
