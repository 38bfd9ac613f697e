/** A folder with a compiled playbook: what it says of itself, its copy for a run, and whether that is still what was shown. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import { fleetStep } from '../../../../shared/api/fleet.ts';

const largestFile = 8 * 1024 * 1024;
const mostFiles = 2000;

/** `wrenchbook.json`. A machine is a text (its id) or has an id. */
const about = z.looseObject({
  topic: z.string().max(64),
  title: z.string().max(300),
  version: z.union([z.string(), z.number()]).transform(String),
  steps: z.array(z.looseObject({ id: z.string(), title: z.string(), role: z.string().nullish() })).min(1),
  machines: z.array(z.union([z.string(), z.looseObject({ id: z.string() })])).default([]),
  secrets: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])).default([]),
});
export interface PlaybookAbout {
  topicId: string;
  title: string;
  version: string;
  steps: z.infer<typeof fleetStep>[];
  /** Ids of the machines, which are groups of the inventory; empty where there is one. */
  roles: string[];
  secrets: string[];
}
export interface PlaybookFile {
  path: string;
  text: string;
}

const refuse = (folder: string, why: string, cause?: unknown) =>
  new WrenchbookError('bad-parameters', `${folder} is not a folder with a compiled playbook: ${why}.`, 'Compile one with "wrenchbook fleet compile".', {
    cause,
  });

/** Reads all of it. Throws `bad-parameters`. */
export function readPlaybook(folder: string): { about: PlaybookAbout; files: PlaybookFile[] } {
  const files: PlaybookFile[] = [];
  try {
    walk(folder, '', files);
  } catch (cause) {
    throw cause instanceof WrenchbookError ? cause : refuse(folder, (cause as Error).message, cause);
  }
  return { about: playbookAbout(files, folder), files };
}

/** What a playbook says of itself. `folder`: where it is, for who reads the error. Throws `bad-parameters`. */
export function playbookAbout(files: readonly PlaybookFile[], folder: string): PlaybookAbout {
  const text = (name: string) => files.find((file) => file.path === name)?.text;
  const json = text('wrenchbook.json');
  if (json === undefined || text('site.yml') === undefined) throw refuse(folder, 'it has no wrenchbook.json and site.yml');
  try {
    const read = about.parse(JSON.parse(json));
    const roles = read.machines.map((machine) => (typeof machine === 'string' ? machine : machine.id));
    return {
      topicId: read.topic,
      title: read.title,
      version: read.version,
      // `role` there is the one of Ansible that has its tasks; a machine is what the step is on.
      steps: read.steps.map(({ id, title, on, one }) =>
        fleetStep.parse({ id, title, role: typeof on === 'string' && roles.includes(on) ? on : '', ...(one === true && { one }) }),
      ),
      roles,
      secrets: read.secrets.map((secret) => (typeof secret === 'string' ? secret : secret.name)),
    };
  } catch (cause) {
    throw refuse(folder, `its wrenchbook.json can't be used (${(cause as Error).message.slice(0, 300)})`, cause);
  }
}

function walk(root: string, below: string, files: PlaybookFile[]): void {
  for (const name of readdirSync(path.join(root, below)).sort()) {
    const relative = path.posix.join(below, name);
    const file = path.join(root, relative);
    const stat = lstatSync(file);
    if (stat.isDirectory()) walk(root, relative, files);
    else if (!stat.isFile()) throw new Error(`${relative} is neither a file nor a folder`);
    else if (stat.size > largestFile) throw new Error(`${relative} has ${stat.size} bytes, and may have ${largestFile}`);
    else files.push({ path: relative, text: readFileSync(file, 'utf8') });
    if (files.length > mostFiles) throw new Error(`it has more than ${mostFiles} files`);
  }
}

export const fileDigest = (text: string): { bytes: number; sha256: string } => ({
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

export function writePlaybook(folder: string, files: readonly PlaybookFile[]): void {
  for (const { path: relative, text } of files) {
    const file = path.join(folder, relative);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600, flush: true });
  }
}

/** Throws `not-intact` where something of it is not what was shown, or was added. */
export function checkPlaybook(folder: string, listed: readonly { path: string; sha256: string }[]): void {
  const files: PlaybookFile[] = [];
  walk(folder, '', files);
  const digests = new Map(listed.map(({ path: name, sha256 }) => [name, sha256]));
  const wrong = files.find(({ path: name, text }) => digests.get(name) !== fileDigest(text).sha256);
  const missing = listed.find(({ path: name }) => !files.some((file) => file.path === name));
  if (!wrong && !missing) return;
  throw new WrenchbookError(
    'not-intact',
    `The playbook in ${folder} is not the one that was shown: ${(wrong ?? missing)?.path} is ${wrong ? 'different' : 'missing'}.`,
    'Nothing was run. Start a new fleet run.',
  );
}
