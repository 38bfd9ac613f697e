/** Public keys whose signatures count here: this workstation's own, and those the admin has taken in. A line each. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import { storageError } from '../storage-error.ts';

export interface KnownKey {
  fingerprint: string;
  label: string;
}
const form = /^(SHA256:[A-Za-z0-9+/]{43}) (.+)$/;
const fileOf = (dataFolder: string) => path.join(dataFolder, 'keys', 'known-keys');

export function knownKeys(dataFolder: string): KnownKey[] {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, fingerprint, label] = form.exec(line) ?? [];
      return fingerprint && label ? [{ fingerprint, label }] : [];
    });
}

/** Takes a key in; one that is known keeps its first label. Throws `bad-parameters`, `storage`. */
export function trustKey(dataFolder: string, fingerprint: string, label: string): KnownKey {
  const line = `${fingerprint} ${label.replace(/\s+/g, ' ').trim() || 'without a name'}`;
  if (!form.test(line))
    throw new WrenchbookError('bad-parameters', `"${fingerprint}" is no fingerprint of a key.`, 'It looks like SHA256:… and is shown by "wrenchbook keys".');
  const known = knownKeys(dataFolder).find((key) => key.fingerprint === fingerprint);
  if (known) return known;
  const file = fileOf(dataFolder);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    appendFileSync(file, `${line}\n`, { mode: 0o600, flush: true });
  } catch (cause) {
    throw storageError('write', file, cause);
  }
  return { fingerprint, label };
}
