/** The keys of one data folder: the one that signs, made when it is first needed, and those that count. */
import { statSync } from 'node:fs';
import { hostname } from 'node:os';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { KnownKey, OwnKey } from '../../../shared/api/keys.ts';
import { fingerprintIn, forgetKey, knownKeys, trustKey } from './known-keys.ts';
import { keyFile, keyFromFile, keyFromPem, type SigningKey } from './signing-key.ts';

export class KeyRing {
  private readonly dataFolder: string;
  private readonly systemPem: string | null;
  private loaded: SigningKey | null = null;

  /** `systemPem`: the private key from the system's key store, where the app has one. */
  constructor(dataFolder: string, systemPem: string | null = null) {
    this.dataFolder = dataFolder;
    this.systemPem = systemPem;
  }

  /** Throws `storage` where no key can be read or made. */
  get signing(): SigningKey {
    if (this.loaded) return this.loaded;
    const key = this.systemPem === null ? keyFromFile(this.dataFolder) : keyFromPem(this.systemPem);
    trustKey(this.dataFolder, key.fingerprint, `this workstation, ${hostname()}`);
    this.loaded = key;
    return key;
  }

  /** What may be shown of the key that signs. */
  get own(): OwnKey {
    const { fingerprint, publicKey, kept } = this.signing;
    if (kept === 'system') return { fingerprint, publicKey, kept, file: null };
    const path = keyFile(this.dataFolder);
    // Windows has no such bits.
    const mode = process.platform === 'win32' ? null : (statSync(path).mode & 0o777).toString(8).padStart(4, '0');
    return { fingerprint, publicKey, kept, file: { path, mode } };
  }

  get known(): KnownKey[] {
    return knownKeys(this.dataFolder);
  }
  /** Whether a key counts for whatever it signed. */
  readonly knows = (fingerprint: string): boolean => this.known.some((key) => key.fingerprint === fingerprint && key.runId === null);
  /** Whether a key counts for one run. */
  knowsFor(runId: string): (fingerprint: string) => boolean {
    return (fingerprint) => this.known.some((key) => key.fingerprint === fingerprint && (key.runId === null || key.runId === runId));
  }

  /** `key`: a fingerprint or a public key. Throws `bad-parameters`, `storage`. */
  trust(key: string, label: string, runId: string | null = null): KnownKey {
    return trustKey(this.dataFolder, fingerprintIn(key), label, runId);
  }

  /** Throws `wrong-state` for the key that signs here, `not-found`, `storage`. */
  forget(fingerprint: string): void {
    if (fingerprint === this.signing.fingerprint)
      throw new WrenchbookError('wrong-state', `${fingerprint} is the key that signs here; it always counts.`, 'Choose another one.');
    forgetKey(this.dataFolder, fingerprint);
  }
}
