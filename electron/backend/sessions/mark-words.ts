/** What a helper's marks may say. A target can say anything: what is not of this form is no answer. Pure. */
export interface SessionReady {
  uid: number;
  system: string;
}
type Words = readonly string[];

const highestUid = 0xffff_ffff;
const longestSystem = 64;

/** `ready;UID;SYSTEM`; the name without what is no plain character, and cut. Null where it is none. */
export function readyIn([, uid = '', system = '', ...more]: Words): SessionReady | null {
  if (!/^\d{1,10}$/.test(uid) || Number(uid) > highestUid || more.length > 0) return null;
  return { uid: Number(uid), system: plain(system).slice(0, longestSystem) };
}

/** `end;STATUS`: 0 to 255; ksh93 says more where a signal ended it. Null where it is none. */
export function statusIn([, status = '', ...more]: Words): number | null {
  return /^\d{1,4}$/.test(status) && more.length === 0 ? Number(status) : null;
}

/** Somebody's words, for a sentence about them. */
export const quotedWords = (words: Words): string => `"${plain(words.join(';')).slice(0, 60)}"`;

const plain = (text: string) => text.replace(/[^\x20-\x7e]/g, '');
