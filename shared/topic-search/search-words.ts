/** How text becomes words for the search: the same for what is searched and what is asked. Pure. */

/** Words that say nothing about a procedure, in the four languages in which people ask. Without accents. */
const empty = new Set(
  [
    'a an and are as at be been but by can cannot could did do does doing for from get gets got had has have how i if in into is it its just me my no not of off on only or our out so',
    'some than that the their them then there these this to up very was we were what when where which while who why will with you your error failed failure help problem problems',
    'aber als am auch auf aus bei beim das dem den der des die ein eine einem einen einer es fur geht hat hier ich im ist kann kein keine man mehr mein meine mit nach nicht nur oder sich sie',
    'sind und uns unser unsere von vom wenn wer wie wir wird zu zum zur fehler',
    'au aux avec ce cette dans de des du elle en est et il je la le les mais ne ou par pas plus pour que qui se sont sur un une erreur',
    'al como con del el esta este las lo los mi muy para pero por se sin su una y error',
  ].flatMap((words) => words.split(' ')),
);

/** Letters and digits; `0x…`, `cm0` and `9211` stay whole. */
const word = /[\p{L}\p{N}]+/gu;

/** Accents fall away: `hängt` and `hangt` are one word. */
const plain = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replace(/['’]/g, '');

export const searchWords = (text: string): string[] => plain(text).match(word) ?? [];

/** Words of the trade that are said of everything: alone they lead to no procedure. As they are compared. */
const general = new Set(
  [
    'access account backup boot certificate client computer connect connection connections crash daemon day disk download email every expir expire expired file fail full hang',
    'host install job last load log login machine mail memory network night new old out page password port print printer process restart run runn running server service site slow start',
    'stop system time update user version vpn web website windows work job',
  ].flatMap((words) => words.split(' ')),
);
export const isGeneral = (compared: string): boolean => general.has(compared) || /^\d+$/.test(compared);

/** The word as it is compared; null for one that says nothing. Endings are cut only where enough is left to tell words apart. */
export function comparedWord(raw: string): string | null {
  if (empty.has(raw) || raw.length < 2) return null;
  if (/\d/.test(raw)) return raw;
  if (raw.length > 6 && raw.endsWith('ing')) return raw.slice(0, -3);
  if (raw.length > 5 && raw.endsWith('ed')) return raw.slice(0, -2);
  return raw.length > 3 && /[^su]s$/.test(raw) ? raw.slice(0, -1) : raw;
}
