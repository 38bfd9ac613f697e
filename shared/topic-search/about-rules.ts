/**
 * What a topic is about, as words that have to come together: `bind named dns | active-directory domain-controller*` wants one of each part. A word with
 * hyphens is words in a row, `*` stands for any ending, a part `*` is always there. Pure.
 */
import { comparedWord, searchWords } from './search-words.ts';

/** The text as its words, each as it stands and as it is compared. */
export interface ReadText {
  words: readonly string[];
  compared: readonly (string | null)[];
}
/** `most`: so many words of it. */
export const readText = (text: string, most: number): ReadText => {
  const words = searchWords(text).slice(0, most);
  return { words, compared: words.map(comparedWord) };
};

type Finds = (text: ReadText, taken: Set<number>) => boolean;

/** The rule as a function: how many of the text's words it takes, 0 where a part of it is missing. */
export function aboutRule(rule: string): (text: ReadText) => number {
  const parts = rule.split('|').map((part) => part.trim().split(/\s+/).map(alternative));
  const least = rule.split('|').filter((part) => part.trim() !== '*').length;
  return (text) => {
    const taken = new Set<number>();
    const all = parts.every((alternatives) => alternatives.filter((finds) => finds(text, taken)).length > 0);
    // One word cannot stand for two parts.
    return all && taken.size >= least ? taken.size : 0;
  };
}

function alternative(written: string): Finds {
  if (written === '*') return () => true;
  const begins = written.endsWith('*');
  const wanted = searchWords(written.replace(/\*$/, ''));
  const last = wanted.length - 1;
  const compared = wanted.map(comparedWord);
  const fits = (text: ReadText, at: number, which: number) => {
    const word = text.words[at];
    if (word === undefined) return false;
    if (which === last && begins) return word.startsWith(wanted[which] ?? '');
    return word === wanted[which] || (compared[which] !== null && text.compared[at] === compared[which]);
  };
  return (text, taken) => {
    let found = false;
    for (let at = 0; at < text.words.length; at++)
      if (wanted.every((_, which) => fits(text, at + which, which))) {
        found = true;
        for (let which = 0; which <= last; which++) taken.add(at + which);
      }
    return found;
  };
}
