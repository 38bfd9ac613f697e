/** The keys of one data folder: the one that signs, made when it is first needed, and those that count. */
import { existsSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { KnownKey, OwnKey } from '../../../shared/api/keys.ts';
import { type CountedKey, fingerprintIn, forgetKey, knownKeys, signKnownKeys, toShow, trustKey } from './known-keys.ts';
import { keyFile, keyFromFile, keyFromPem, markKeyFile, type SigningKey } from './signing-key.ts';

export class KeyRing {
  private readonly dataFolder: string;
  private readonly systemPem: string | null;
  private readonly tell: (line: string) => void;
  private loaded: SigningKey | null = null;

  /** `systemPem`: the private key from the system's key store, where the app has one. `tell` hears what an admin should know of the keys. */
  constructor(dataFolder: string, systemPem: string | null = null, tell: (line: string) => void = () => undefined) {
    this.dataFolder = dataFolder;
    this.systemPem = systemPem;
    this.tell = tell;
  }

  /** Throws `storage` where no key can be read or made. */
  get signing(): SigningKey {
    if (this.loaded) return this.loaded;
    const key = this.systemPem === null ? keyFromFile(this.dataFolder, this.tell) : keyFromPem(this.systemPem);
    if (existsSync(this.dataFolder)) trustKey(this.dataFolder, key, key.fingerprint, { label: `this workstation, ${hostname()}`, here: true });
    if (key.kept === 'system') this.introduce(key);
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
    return this.counted.map(toShow);
  }
  /** Whether a key counts for whatever it signed. */
  readonly knows = (fingerprint: string): boolean => this.counted.some((key) => key.fingerprint === fingerprint && key.runId === null);
  /** Whether a key counts for one run. */
  knowsFor(runId: string): (fingerprint: string) => boolean {
    return (fingerprint) => this.counted.some((key) => key.fingerprint === fingerprint && (key.runId === null || key.runId === runId));
  }
  /** Whether it is a key of this workstation: that which signs here, or the one that the app or the terminal command has beside it. */
  readonly isOwn = (fingerprint: string): boolean => this.counted.some((key) => key.fingerprint === fingerprint && key.here);

  /** `key`: a fingerprint or a public key. Throws `bad-parameters`, `storage`. */
  trust(key: string, label: string, runId: string | null = null): KnownKey {
    return trustKey(this.dataFolder, this.signing, fingerprintIn(key), { label, runId });
  }

  /** Throws `wrong-state` for the key that signs here, `not-found`, `storage`. */
  forget(fingerprint: string): void {
    if (fingerprint === this.signing.fingerprint)
      throw new WrenchbookError('wrong-state', `${fingerprint} is this computer’s signing key; it is always trusted.`, 'Choose another one.');
    forgetKey(this.dataFolder, this.signing, fingerprint);
  }

  /** From now on only what is signed counts; what counted before without is signed first. Throws `storage`. */
  signAll(): void {
    signKnownKeys(this.dataFolder, this.signing);
    if (this.signing.kept === 'file') markKeyFile(this.dataFolder);
    this.loaded = { ...this.signing, signsAll: true };
  }

  private get counted(): CountedKey[] {
    return knownKeys(this.dataFolder, this.signing);
  }

  /** The app's key and that of the terminal command sign for each other, once: another file in its place is a stranger's. */
  private introduce(key: SigningKey): void {
    try {
      const other = keyFromFile(this.dataFolder, this.tell);
      const own = knownKeys(this.dataFolder, key).filter(({ here, fingerprint }) => here && fingerprint !== key.fingerprint);
      if (own.length > 0 && !own.some(({ fingerprint }) => fingerprint === other.fingerprint)) {
        this.tell(
          `The key ${keyFile(this.dataFolder)} is not the one that was there before: what ${other.fingerprint} signs does not count until you trust it.`,
        );
        return;
      }
      trustKey(this.dataFolder, key, other.fingerprint, { label: `the terminal on this workstation, ${hostname()}`, here: true });
      trustKey(this.dataFolder, other, key.fingerprint, { label: `the app on this workstation, ${hostname()}`, here: true });
    } catch (thrown) {
      this.tell(`The terminal's key could not be registered: ${(thrown as Error).message}`);
    }
  }
}
