/** What somebody can do to a record who may write the data folder and has no key: each a change of a copy of it. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprintOf, rawPublicKey } from '../keys/public-key.ts';

export class ForgedFolder {
  readonly data: string;
  readonly runId: string;
  constructor(data: string, runId: string) {
    this.data = data;
    this.runId = runId;
  }

  file(name: 'journal.jsonl' | 'recording.cast' | 'seal.json' | 'ledger.jsonl'): string {
    return name === 'ledger.jsonl' ? path.join(this.data, name) : path.join(this.data, 'runs', this.runId, name);
  }
  bytes(name: Parameters<ForgedFolder['file']>[0], change: (bytes: Buffer) => Buffer): void {
    writeFileSync(this.file(name), change(readFileSync(this.file(name))));
  }
  lines(name: Parameters<ForgedFolder['file']>[0], change: (lines: string[]) => string[]): void {
    const text = change(readFileSync(this.file(name), 'utf8').split('\n').slice(0, -1));
    writeFileSync(this.file(name), text.map((line) => `${line}\n`).join(''));
  }
  remove(name: Parameters<ForgedFolder['file']>[0]): void {
    rmSync(this.file(name), { force: true });
  }
  has(name: Parameters<ForgedFolder['file']>[0]): boolean {
    return existsSync(this.file(name));
  }

  /** Every line follows the one before it again. `unsigned`: as an earlier version wrote it. */
  chain(name: 'journal.jsonl' | 'ledger.jsonl', { unsigned = false, by = null as Stranger | null } = {}): void {
    let prev = '0'.repeat(64);
    this.lines(name, (lines) =>
      lines.map((line, seq) => {
        const event = { ...JSON.parse(line), seq, prev };
        const signature = { key: event.key, sig: event.sig };
        delete event.key;
        delete event.sig;
        const as = name === 'ledger.jsonl' ? 'ledger line' : 'event';
        const text = JSON.stringify(by ? by.signed(as, event) : unsigned ? event : { ...event, ...signature });
        prev = createHash('sha256').update(text).digest('hex');
        return text;
      }),
    );
  }

  /** The ledger is made to fit the journal again. */
  tellLedger(): void {
    const journal = readFileSync(this.file('journal.jsonl'), 'utf8').split('\n').slice(0, -1);
    this.lines('ledger.jsonl', (lines) =>
      lines.map((line) => {
        const event = JSON.parse(line);
        if (event.runId !== this.runId || event.type === 'started') return line;
        const last = journal.length - 1;
        return JSON.stringify({
          ...event,
          event: last,
          digest: createHash('sha256')
            .update(journal[last] ?? '')
            .digest('hex'),
        });
      }),
    );
  }

  /** The seal of somebody else, over what is there. */
  seal(by: Stranger): void {
    const journal = readFileSync(this.file('journal.jsonl'));
    const lines = journal.toString().split('\n').slice(0, -1);
    const digest = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
    const recording = readFileSync(this.file('recording.cast'));
    const content = { runId: this.runId, seq: lines.length - 1, digest: digest(lines.at(-1) ?? ''), at: new Date().toISOString(), publicKey: by.publicKey };
    const files = {
      journal: { bytes: journal.length, sha256: digest(journal) },
      recording: { bytes: recording.length, sha256: digest(recording) },
      ledger: null,
    };
    const text = `wrenchbook seal 2\n${[...Object.values(content), ...Object.values(files.journal), ...Object.values(files.recording), '-', '-'].join('\n')}\n`;
    writeFileSync(this.file('seal.json'), `${JSON.stringify({ version: 2, ...content, ...files, signature: by.sign(text) }, null, 2)}\n`);
  }

  /** Adds the stranger's key to those that count, signed by the stranger, as there is nobody else to sign it. */
  trust(by: Stranger): void {
    const since = new Date().toISOString();
    const text = `wrenchbook known key 1\n${['+', by.fingerprint, since, '', 'here', 'me'].join('\n')}\n`;
    const file = path.join(this.data, 'keys', 'known-keys');
    const lines = [
      `${by.fingerprint} since=${since} here by=${by.publicKey} sig=${by.sign(text)} name=me`,
      `${by.fingerprint} since=${since} name=me`,
      `${by.fingerprint} me`,
    ];
    writeFileSync(file, `${readFileSync(file, 'utf8')}${lines.join('\n')}\n`);
  }

  copyTo(data: string): ForgedFolder {
    cpSync(this.data, data, { recursive: true });
    return new ForgedFolder(data, this.runId);
  }
}

export class Stranger {
  private readonly pair = generateKeyPairSync('ed25519');
  readonly publicKey = rawPublicKey(this.pair.publicKey);
  readonly fingerprint = fingerprintOf(this.publicKey);

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.pair.privateKey).toString('base64');
  }
  signed(as: string, event: object): object {
    const unsigned = { ...event, key: this.publicKey };
    return { ...unsigned, sig: this.sign(`wrenchbook ${as} 1\n${JSON.stringify(unsigned)}\n`) };
  }
}
