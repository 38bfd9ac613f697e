/** An inventory by its path: read by Ansible where that is there, and by us otherwise, or where Ansible refuses all of it for one bad line. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { programPath } from '../run/find-ansible.ts';
import { readIniInventory, readYamlInventory } from './ini-inventory.ts';
import type { Inventory } from './inventory-entry.ts';

const largest = 16 * 1024 * 1024;

/** Throws `bad-parameters` where it can't be read at all. */
export async function readInventory(file: string, program = programPath('ansible-inventory')): Promise<Inventory> {
  const byAnsible = program === null ? null : await askAnsible(file, program);
  if (byAnsible && 'hosts' in byAnsible) return byAnsible;
  try {
    const found = readByHand(file);
    if (found.hosts.length > 0 || byAnsible === null) return found;
  } catch (thrown) {
    throw cannotRead(file, byAnsible?.failed ?? (thrown as Error).message, thrown);
  }
  throw cannotRead(file, byAnsible.failed);
}

const cannotRead = (file: string, why: string, cause?: unknown) =>
  new WrenchbookError('bad-parameters', `The inventory ${file} can't be read: ${why}`, 'Correct it, or give another file.', { cause });

async function askAnsible(file: string, program: string): Promise<Inventory | { failed: string }> {
  try {
    const { stdout } = await promisify(execFile)(program, ['-i', file, '--list'], {
      maxBuffer: 256 * 1024 * 1024,
      // Vaulted files would ask for a password: nobody is there.
      timeout: 120_000,
      env: { ...process.env, ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: 'True', ANSIBLE_NOCOLOR: '1' },
    });
    return fromListing(JSON.parse(stdout) as Listing);
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string };
    return { failed: lastLine(stderr ?? '') || message };
  }
}
const lastLine = (text: string) => text.trim().split('\n').at(-1)?.slice(0, 500) ?? '';

type Listing = { _meta?: { hostvars?: Record<string, Record<string, unknown>> } } & Record<string, { hosts?: string[]; children?: string[] }>;

/** What `ansible-inventory --list` prints. Pure. */
export function fromListing({ _meta, ...groups }: Listing): Inventory {
  const within = (name: string, seen: Set<string>): string[] => {
    if (seen.has(name)) return [];
    seen.add(name);
    const group = groups[name];
    return [...(group?.hosts ?? []), ...(group?.children ?? []).flatMap((child) => within(child, seen))];
  };
  const members = new Map(Object.keys(groups).map((name) => [name, [...new Set(within(name, new Set()))]]));
  const hosts = (members.get('all') ?? []).map((name) => ({ name, vars: _meta?.hostvars?.[name] ?? {} }));
  return { hosts, groups: members, troubles: [], twice: [] };
}

/** A folder's files one after the other; no program is started and no vault opened. */
function readByHand(file: string): Inventory {
  if (!statSync(file).isDirectory()) return readOne(file);
  const names = readdirSync(file).filter((name) => !/^\.|~$|\.(?:cfg|ini~|orig|bak|retry|pyc?|rst|md|txt)$/.test(name));
  const files = names.map((name) => path.join(file, name)).filter((each) => statSync(each).isFile());
  const parts = files.map((each) => {
    try {
      return readOne(each);
    } catch (thrown) {
      return { hosts: [], groups: new Map<string, string[]>(), troubles: [{ entry: each, why: (thrown as Error).message }], twice: [] };
    }
  });
  const hosts = new Map(parts.flatMap((part) => part.hosts.map((host) => [host.name, host] as const)));
  const groups = new Map<string, string[]>();
  for (const part of parts) for (const [name, members] of part.groups) groups.set(name, [...new Set([...(groups.get(name) ?? []), ...members])]);
  const varsFolders = readdirSync(file).filter((name) => name === 'group_vars' || name === 'host_vars');
  const unread = varsFolders.map((name) => ({
    entry: path.join(file, name),
    why: 'its variables are read by Ansible only, and that was not found or refused it',
  }));
  return { hosts: [...hosts.values()], groups, troubles: [...parts.flatMap((part) => part.troubles), ...unread], twice: parts.flatMap((part) => part.twice) };
}

function readOne(file: string): Inventory {
  const { size, mode } = statSync(file);
  if (size > largest) throw new Error(`it has ${size} bytes, and may have ${largest}`);
  const text = readFileSync(file, 'utf8');
  if (text.startsWith('#!') && mode & 0o111) throw new Error('it is a program that prints an inventory; only Ansible runs it');
  return /\.ya?ml$/.test(file) || /^(?:---|all:)/m.test(text) ? readYamlInventory(text) : readIniInventory(text);
}
