/** The keys of one data folder: the one that signs, made when it is first needed, and those that count. */
import { hostname } from 'node:os';
import { type KnownKey, knownKeys, trustKey } from './known-keys.ts';
import { keyFromFile, keyFromPem, type SigningKey } from './signing-key.ts';

export class KeyRing {
  private readonly dataFolder: string;
  private readonly systemPem: string | null;
  private own: SigningKey | null = null;

  /** `systemPem`: the private key from the system's key store, where the app has one. */
  constructor(dataFolder: string, systemPem: string | null = null) {
    this.dataFolder = dataFolder;
    this.systemPem = systemPem;
  }

  /** Throws `storage` where no key can be read or made. */
  get signing(): SigningKey {
    if (this.own) return this.own;
    const key = this.systemPem === null ? keyFromFile(this.dataFolder) : keyFromPem(this.systemPem);
    trustKey(this.dataFolder, key.fingerprint, `this workstation, ${hostname()}`);
    this.own = key;
    return key;
  }

  get known(): KnownKey[] {
    return knownKeys(this.dataFolder);
  }
  readonly knows = (fingerprint: string): boolean => this.known.some((key) => key.fingerprint === fingerprint);
  trust(fingerprint: string, label: string): KnownKey {
    return trustKey(this.dataFolder, fingerprint, label);
  }
}
