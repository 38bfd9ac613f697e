/**
 * Public keys whose signatures count here: this workstation's own, and those the admin has taken in. A line each; what is
 * forgotten is a line with a minus, so that nothing is lost when two processes write, and the file tells what happened.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { KnownKey } from '../../../shared/api/keys.ts';
import { storageError } from '../storage-error.ts';
import { fingerprintOf } from './public-key.ts';

const line = /^(-?)(SHA256:[A-Za-z0-9+/]{43})(?: since=(\S+))?(?: run=(\S+))?(?: name=(.+)| (.+))?$/;
const fileOf = (dataFolder: string) => path.join(dataFolder, 'keys', 'known-keys');

/** Throws `storage`: keys that can't be read are not the same as none. */
export function knownKeys(dataFolder: string): KnownKey[] {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return [];
  let keys: KnownKey[] = [];
  for (const [, minus, fingerprint = '', since = null, runId = null, name, plain] of linesOf(file)) {
    if (minus) keys = keys.filter((key) => key.fingerprint !== fingerprint);
    else if (!keys.some((key) => key.fingerprint === fingerprint && key.runId === runId))
      keys.push({ fingerprint, label: name ?? plain ?? 'without a name', since, runId });
  }
  return keys;
}

/** Takes a key in, for one run or for all; one that is known keeps its first label. Throws `storage`. */
export function trustKey(dataFolder: string, fingerprint: string, label: string, runId: string | null = null): KnownKey {
  const known = knownKeys(dataFolder).find((key) => key.fingerprint === fingerprint && (key.runId === null || key.runId === runId));
  if (known) return known;
  const name = label.replace(/\s+/g, ' ').trim() || 'without a name';
  const since = new Date().toISOString();
  append(dataFolder, `${fingerprint} since=${since}${runId === null ? '' : ` run=${runId}`} name=${name}`);
  return { fingerprint, label: name, since, runId };
}

/** Throws `not-found`, `storage`. */
export function forgetKey(dataFolder: string, fingerprint: string): void {
  if (!knownKeys(dataFolder).some((key) => key.fingerprint === fingerprint))
    throw new WrenchbookError('not-found', `No key with the fingerprint ${fingerprint} is known here.`, 'The list of keys names those that are.');
  append(dataFolder, `-${fingerprint} since=${new Date().toISOString()}`);
}

/** From what somebody pasted: a fingerprint, or a public key. Throws `bad-parameters`. */
export function fingerprintIn(text: string): string {
  const pasted = text.trim();
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(pasted)) return pasted;
  if (/^[A-Za-z0-9+/]{43}=$/.test(pasted)) return fingerprintOf(pasted);
  throw new WrenchbookError(
    'bad-parameters',
    `"${pasted.slice(0, 80)}" is neither a key nor the fingerprint of one.`,
    'A fingerprint looks like SHA256:… and a public key like 44 letters and digits with = at the end; both are shown by "wrenchbook keys" and under Settings.',
  );
}

function linesOf(file: string): RegExpExecArray[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text) => {
        const found = line.exec(text);
        return found ? [found] : [];
      });
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

function append(dataFolder: string, text: string): void {
  const file = fileOf(dataFolder);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // A line that a power loss cut off must not swallow this one.
    const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
    appendFileSync(file, `${torn ? '\n' : ''}${text}\n`, { mode: 0o600, flush: true });
  } catch (cause) {
    throw storageError('write', file, cause);
  }
}
