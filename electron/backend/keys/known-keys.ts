/**
 * Public keys whose signatures count here besides the one that signs: those of this workstation, and those the admin has
 * taken in. A line each, signed, so that nobody without a key can add one; what is forgotten is a line with a minus, so
 * that nothing is lost when two processes write, and the file tells what happened.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { KnownKey } from '../../../shared/api/keys.ts';
import { storageError } from '../storage-error.ts';
import { fingerprintOf, signatureFits } from './public-key.ts';
import type { SigningKey } from './signing-key.ts';

const line = /^(-?)(SHA256:[A-Za-z0-9+/]{43})(?: since=(\S+))?(?: run=(\S+))?(?: (here))?(?: by=(\S+) sig=(\S+))?(?: name=(.+)| (.+))?$/;
const fileOf = (dataFolder: string) => path.join(dataFolder, 'keys', 'known-keys');

interface Entry extends KnownKey {
  minus: boolean;
  /** A key of this workstation itself: the app's and the terminal command's may be two. */
  here: boolean;
  by: string | null;
  signature: string | null;
}
export type CountedKey = KnownKey & { here: boolean };

const signedText = ({ minus, fingerprint, since, runId, here, label }: Omit<Entry, 'by' | 'signature'>) =>
  `wrenchbook known key 1\n${[minus ? '-' : '+', fingerprint, since ?? '', runId ?? '', here ? 'here' : '', label].join('\n')}\n`;

/** Lines that are not signed count with a key of before lines were, only. Throws `storage`: keys that can't be read are not the same as none. */
export function knownKeys(dataFolder: string, own: SigningKey): CountedKey[] {
  let keys: CountedKey[] = [{ fingerprint: own.fingerprint, label: 'the key that signs here', since: null, runId: null, here: true }];
  for (const entry of entriesOf(dataFolder)) {
    if (!counts(entry, own, keys)) continue;
    const { minus, fingerprint, label, since, runId, here } = entry;
    if (fingerprint === own.fingerprint) {
      if (!minus && keys[0]?.since === null) keys[0] = { ...keys[0], label, since };
    } else if (minus) keys = keys.filter((key) => key.fingerprint !== fingerprint);
    else if (!keys.some((key) => key.fingerprint === fingerprint && key.runId === runId)) keys.push({ fingerprint, label, since, runId, here });
  }
  return keys;
}

/** Takes a key in, for one run or for all; one that is known keeps its first label. Throws `storage`. */
export function trustKey(
  dataFolder: string,
  own: SigningKey,
  fingerprint: string,
  { label, runId = null, here = false }: { label: string; runId?: string | null; here?: boolean },
): KnownKey {
  const known = knownKeys(dataFolder, own).find(
    (key) => key.fingerprint === fingerprint && key.since !== null && (key.runId === null || key.runId === runId) && (key.here || !here),
  );
  if (known) return toShow(known);
  const name = label.replace(/\s+/g, ' ').trim() || 'without a name';
  const entry = { minus: false, fingerprint, since: new Date().toISOString(), runId, here, label: name };
  append(dataFolder, own, entry);
  return toShow(entry);
}

/** Throws `not-found`, `storage`. */
export function forgetKey(dataFolder: string, own: SigningKey, fingerprint: string): void {
  if (!knownKeys(dataFolder, own).some((key) => key.fingerprint === fingerprint))
    throw new WrenchbookError('not-found', `No key with the fingerprint ${fingerprint} is known here.`, 'The list of keys names those that are.');
  append(dataFolder, own, { minus: true, fingerprint, since: new Date().toISOString(), runId: null, here: false, label: '' });
}

/** Signs what counted without a signature, once: with a key of before lines were signed. Throws `storage`. */
export function signKnownKeys(dataFolder: string, own: SigningKey): void {
  for (const { fingerprint, label, runId } of knownKeys(dataFolder, own)) {
    const signed = entriesOf(dataFolder).some((entry) => entry.by !== null && entry.fingerprint === fingerprint && entry.runId === runId);
    if (!signed) append(dataFolder, own, { minus: false, fingerprint, since: new Date().toISOString(), runId, here: fingerprint === own.fingerprint, label });
  }
}

export const toShow = ({ fingerprint, label, since, runId }: KnownKey): KnownKey => ({ fingerprint, label, since, runId });

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

/** Signed with a key of this workstation that counts by what stands before it. */
function counts(entry: Entry, own: SigningKey, known: readonly CountedKey[]): boolean {
  if (entry.by === null || entry.signature === null) return !own.signsAll;
  const signer = fingerprintOf(entry.by);
  return known.some((key) => key.fingerprint === signer && key.here) && signatureFits(entry.by, signedText(entry), entry.signature);
}

function entriesOf(dataFolder: string): Entry[] {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return [];
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text) => {
        const found = line.exec(text);
        if (!found) return [];
        const [, minus, fingerprint = '', since = null, runId = null, here, by = null, signature = null, name, plain] = found;
        const label = name ?? plain ?? (minus ? '' : 'without a name');
        return [{ minus: minus !== '', fingerprint, since, runId, here: here !== undefined, by, signature, label }];
      });
  } catch (cause) {
    throw storageError('read', file, cause);
  }
}

function append(dataFolder: string, own: SigningKey, entry: Omit<Entry, 'by' | 'signature'>): void {
  const file = fileOf(dataFolder);
  const { minus, fingerprint, since, runId, here, label } = entry;
  const words = [
    `${minus ? '-' : ''}${fingerprint} since=${since}`,
    ...(runId === null ? [] : [`run=${runId}`]),
    ...(here ? ['here'] : []),
    `by=${own.publicKey} sig=${own.sign(signedText(entry))}`,
    ...(label ? [`name=${label}`] : []),
  ];
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // A line that a power loss cut off must not swallow this one.
    const torn = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
    appendFileSync(file, `${torn ? '\n' : ''}${words.join(' ')}\n`, { mode: 0o600, flush: true });
  } catch (cause) {
    throw storageError('write', file, cause);
  }
}
