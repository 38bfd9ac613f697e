/** The fingerprint of a key in known_hosts, as ssh-keygen -l prints it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { workstationShell } from '../workstation-shell.ts';

/** `line` counts from 1, as ssh names it. Null where there is none (any more). */
export function knownFingerprint(file: string, line: number): string | null {
  try {
    return fingerprintOf(readFileSync(workstationShell.here(file), 'utf8').split('\n')[line - 1] ?? '');
  } catch {
    return null;
  }
}

function fingerprintOf(line: string): string | null {
  const fields = line.trim().split(/\s+/);
  if (fields[0]?.startsWith('@')) fields.shift();
  const [, type, key] = fields;
  if (type === undefined || key === undefined) return null;
  const digest = createHash('sha256')
    .update(Buffer.from(key, 'base64'))
    .digest('base64')
    .replace(/(?<!=)=+$/, '');
  return `${shortType(type)} SHA256:${digest}`;
}

/** `ssh-ed25519` is shown as ED25519, `ecdsa-sha2-nistp256` as ECDSA. */
const shortType = (type: string) => (type.replace(/^ssh-/, '').split('-')[0] ?? type).toUpperCase();
