/**
 * A line of a record with its writer's signature in it. Each line holds the digest of the one before, so that the last
 * signature of a chain that holds vouches for all of it.
 */
import { signatureFits } from '../keys/public-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';

export interface LineSignature {
  /** Public key, raw, base64. */
  key: string;
  fits: boolean;
}
/** What is signed besides the line's own text: one kind of record can't be passed off as another. */
export type SignedAs = 'event' | 'ledger line' | 'fleet event';

const text = (as: SignedAs, unsigned: string) => `wrenchbook ${as} 1\n${unsigned}\n`;
const signature = /^(\{.*,"key":"([A-Za-z0-9+/=]+)"),"sig":"([A-Za-z0-9+/=]+)"\}$/s;

/** The value with `key` and `sig` at its end; as JSON it is the signed line. */
export function signed<T extends object>(as: SignedAs, value: T, key: SigningKey): T & { key: string; sig: string } {
  const unsigned = { ...value, key: key.publicKey };
  return { ...unsigned, sig: key.sign(text(as, JSON.stringify(unsigned))) };
}

/** Null where nobody signed the line. */
export function signatureOf(as: SignedAs, line: string): LineSignature | null {
  const [, unsigned = '', key = '', sig = ''] = signature.exec(line) ?? [];
  return sig === '' ? null : { key, fits: signatureFits(key, text(as, `${unsigned}}`), sig) };
}
