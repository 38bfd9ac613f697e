/**
 * Which procedures a text is about: one that somebody typed, or lines of a log. A symptom's pattern that fits is the strongest sign; then words that
 * have to come together (about-rules.ts); then a phrase of the topic that has most of what was asked. The window, its palette and the terminal command
 * ask the same function. How good it is, found-quality.test.ts measures. Pure.
 */
import MiniSearch from 'minisearch';
import { aboutRule, readText } from './about-rules.ts';
import { comparedWord, isGeneral, isName, searchWords, withoutLinePrefix } from './search-words.ts';

/** What is said about a topic, and searched. */
export interface SearchedTopic {
  id: string;
  title: string;
  summary: string;
  category: string;
  platforms: readonly string[];
  symptoms: readonly string[];
  alsoCalled: readonly string[];
  /** Rules of words that have to come together. */
  about: readonly string[];
  /** How people ask for it. */
  asked: readonly string[];
  /** What is like it, and must not lead to it. */
  nearMisses: readonly string[];
}
export interface FoundTopic {
  topicId: string;
  /** What in the text led here; empty where no phrase of the topic says it. */
  because: string;
  /** A symptom's pattern fits the text; else its words do. */
  recognised: boolean;
  /** Values in the text for fields of its form. */
  captured: Readonly<Record<string, string>>;
}
export interface TopicsFound {
  /** Best first. */
  hits: FoundTopic[];
  /** Where there is no hit: those that have at least something in common with the text, at most three. */
  closest: FoundTopic[];
}
/** Topics of which a symptom's pattern fits the text, as `topics.search` answers. */
export type Recognised = readonly { topicId: string; because: string; captured: Readonly<Record<string, string>> }[];
export type FindTopics = (text: string, recognised: Recognised) => TopicsFound;

const fields = ['title', 'alsoCalled', 'asked', 'symptoms', 'summary', 'platforms', 'category'] as const;
/** What a word counts for by where it stands. */
const places: Readonly<Record<string, number>> = { title: 1, alsoCalled: 1, asked: 1, symptoms: 1, summary: 0.8, platforms: 0.7, category: 0.4 };
/** What a word counts for by how it is there: itself, as the beginning of another, as a part of a compound, with a slip of the key. */
const likeness = { itself: 1, beginning: 0.75, part: 0.6, slip: 0.5 };
/** What a word counts for by what it says. */
const kinds = { general: 0.4, name: 0.7, own: 1, unknown: 0.6 };

/** A long log is judged by its first words; its lines are what patterns are for. */
const mostWords = 48;
/** And so far for words that come together. */
const mostRead = 400;
/** Share of what was asked that a single phrase of the topic has to have. */
const enough = 0.75;
/** Or that all of them have together. */
const enoughOfAll = 0.9;
/** Or so many rare words of the text are the topic's, by their weight: about three, and half of all that was asked. */
const strong = 9;
/** What a near miss has to have, so that the text is one. */
const enoughOfMiss = 0.6;

/** The index is made when it is first asked: the catalogue is shown before anybody searches. */
export function topicSearch(topics: readonly SearchedTopic[]): FindTopics {
  let find: FindTopics | null = null;
  return (text, recognised) => {
    find ??= indexed(topics);
    return find(text, recognised);
  };
}

function indexed(topics: readonly SearchedTopic[]): FindTopics {
  const terms = new Set<string>();
  const index = new MiniSearch<Record<string, string>>({
    fields: [...fields],
    tokenize: searchWords,
    processTerm: (raw) => {
      const word = comparedWord(raw);
      if (word !== null) terms.add(word);
      return word;
    },
    searchOptions: { prefix: (word) => word.length > 2, fuzzy: (word) => (word.length > 4 && !/\d/.test(word) ? 0.2 : false), processTerm: (same) => same },
  });
  index.addAll(
    topics.map(({ id, title, summary, category, platforms, symptoms, alsoCalled, asked }) => {
      const [ofPlatforms, ofSymptoms, ofNames, ofAsked] = [platforms, symptoms, alsoCalled, asked].map((texts) => texts.join('\n'));
      return { id, title, summary, category, platforms: ofPlatforms, symptoms: ofSymptoms, alsoCalled: ofNames, asked: ofAsked } as Record<string, string>;
    }),
  );
  const known = new Map(topics.map((topic) => [topic.id, topic]));
  const phrases = new Map(
    topics.map(({ id, title, summary, symptoms, alsoCalled, asked }) => [
      id,
      [...symptoms, ...alsoCalled, title, ...asked, ...summary.split(/[.:;] /)].map((phrase) => ({ phrase, words: new Set(wordsOf(phrase)) })),
    ]),
  );
  const misses = new Map(topics.map(({ id, nearMisses }) => [id, nearMisses.map((phrase) => new Set(wordsOf(phrase)))]));
  const rules = topics.flatMap(({ id, about }) => about.map((rule) => ({ id, takes: aboutRule(rule) })));

  return (text, recognised) => {
    const lines = text.split('\n').map(withoutLinePrefix);
    // A line of a log is what patterns are for: by its words it is about nothing.
    const isLog = lines.some((line) => line.isLog);
    const asked = [...new Set(lines.flatMap((line) => wordsOf(line.text)))].slice(0, mostWords);
    const words = asked.map((word) => lookedUp(word, index, terms, topics.length));
    const weighed = new Map(topics.map(({ id }) => [id, weigh(id, words, phrases.get(id) ?? [], misses.get(id) ?? [])]));
    const read = readText(lines.map((line) => line.text).join('\n'), mostRead);
    const together = new Set(isLog ? [] : rules.filter(({ takes }) => takes(read) > 0).map(({ id }) => id));
    const isFilter = read.words.length <= 2 && !isLog;
    const fits = ({ score, share, all, own, notGeneral }: Weighed) =>
      isFilter
        ? score > 0 && (asked.length === 1 || share >= enough)
        : !isLog && own > 0 && notGeneral > 1 && (own > 1 || share >= enoughOfAll) && (share >= enough || (asked.length > 2 && all >= enoughOfAll));
    const byScore = [...weighed].sort(([, a], [, b]) => b.score - a.score);
    const first = recognised.filter(({ topicId }) => known.has(topicId)).map((one) => ({ ...one, recognised: true }));
    const nearest = byScore.filter(([, { missed }]) => !missed);
    const isStrong = ({ score, notGeneral, all }: Weighed) => score >= strong && notGeneral > 1 && all >= 0.5;
    // Its own name, also as far as it is typed.
    const name = text.trim().toLowerCase();
    const named = byScore.filter(([id]) => /^[a-z0-9]+-[a-z0-9-]*$/.test(name) && id.startsWith(name));
    const others = [
      ...named,
      ...nearest.filter((one) => together.has(one[0]) && !named.includes(one)),
      ...nearest.filter((each) => !together.has(each[0]) && fits(each[1]) && !named.includes(each)),
      // One alone: words of a long sentence are everywhere.
      ...byScore.slice(0, 1).filter(([id, one]) => named.length === 0 && !isLog && !one.missed && !together.has(id) && !fits(one) && isStrong(one)),
    ];
    const shown = ([topicId, { because }]: [string, Weighed]): FoundTopic => ({ topicId, because, recognised: false, captured: {} });
    const hits = [...first, ...others.filter(([id]) => !first.some(({ topicId }) => topicId === id)).map(shown)];
    const closest = byScore.filter(([, { near }]) => near).slice(0, 3);
    return { hits, closest: hits.length > 0 ? [] : closest.map(shown) };
  };
}

const wordsOf = (text: string): string[] =>
  searchWords(text)
    .map(comparedWord)
    .filter((word) => word !== null);

interface LookedUp {
  word: string;
  kind: 'general' | 'name' | 'own' | 'unknown';
  /** The rarer, the more. */
  weight: number;
  /** By topic: what it counts for there, and the words that stand there. */
  by: Map<string, { share: number; terms: string[] }>;
}

function lookedUp(word: string, index: MiniSearch, terms: ReadonlySet<string>, topics: number): LookedUp {
  const by: LookedUp['by'] = new Map();
  const note = (of: (term: string) => number, results = index.search(word)) => {
    for (const { id, match } of results)
      for (const [term, where] of Object.entries(match)) {
        const share = of(term) * Math.max(...where.map((field) => places[field] ?? 0));
        const one = by.get(id) ?? { share: 0, terms: [] };
        if (share > 0) by.set(id, { share: Math.max(one.share, share), terms: [...one.terms, term] });
      }
  };
  note((term) => (term === word ? likeness.itself : term.startsWith(word) && (word.length > 4 || term.length < word.length + 4) ? likeness.beginning : 0));
  if (by.size === 0) for (const part of partsOf(word, terms)) note(() => likeness.part, index.search(part, { prefix: false, fuzzy: false }));
  // A slip of the key is one only where nobody has the word itself, and seldom in its first letter.
  if (by.size === 0) note((term) => (term[0] === word[0] && !term.startsWith(word) ? likeness.slip : 0));
  const kind = by.size === 0 ? 'unknown' : isGeneral(word) ? 'general' : isName(word) ? 'name' : 'own';
  return { word, kind, weight: Math.log(1 + (topics - by.size + 0.5) / (by.size + 0.5)) * kinds[kind], by };
}

/** Known words with which a compound of German begins or ends. */
function partsOf(word: string, terms: ReadonlySet<string>): string[] {
  if (word.length < 9) return [];
  const parts = new Set<string>();
  for (let at = 5; at <= word.length - 4; at++) for (const part of [word.slice(0, at), word.slice(at)]) if (terms.has(part)) parts.add(part);
  return [...parts];
}

interface Phrase {
  phrase: string;
  words: ReadonlySet<string>;
}
interface Weighed {
  /** What the topic has of what was asked. */
  score: number;
  /** The share that its best phrase has, 0 to 1, and that phrase where it says at least two of the words, or the only one. */
  share: number;
  because: string;
  /** The share that all of them have together. */
  all: number;
  /** How many of its words are not general, and how many of them are no names of programs either. */
  notGeneral: number;
  own: number;
  /** One of them is there as it is asked: what only a slip of the key would make of it brings nothing closer. */
  near: boolean;
  /** A near miss of the topic says more of what was asked than its best phrase. */
  missed: boolean;
}

function weigh(id: string, words: readonly LookedUp[], phrases: readonly Phrase[], misses: readonly ReadonlySet<string>[]): Weighed {
  const all = words.reduce((sum, { weight }) => sum + weight, 0);
  const has = words.filter(({ by }) => by.has(id));
  const part = (some: readonly LookedUp[]) => some.reduce((sum, { weight, by }) => sum + weight * (by.get(id)?.share ?? 0), 0);
  let best = 0;
  let because = '';
  for (const phrase of phrases) {
    const inIt = has.filter(({ by }) => by.get(id)?.terms.some((term) => phrase.words.has(term)));
    const share = part(inIt);
    if (share > best && inIt.length >= Math.min(2, words.length)) [best, because] = [share, phrase.phrase];
  }
  const ofMiss = misses.map((miss) => words.filter(({ word }) => miss.has(word)).reduce((sum, { weight }) => sum + weight, 0));
  const score = part(has);
  const notGeneral = has.filter(({ kind }) => kind !== 'general');
  return {
    score,
    share: all > 0 ? best / all : 0,
    all: all > 0 ? score / all : 0,
    because,
    notGeneral: notGeneral.length,
    near: notGeneral.some(({ by }) => (by.get(id)?.share ?? 0) > likeness.slip),
    own: notGeneral.filter(({ kind }) => kind === 'own').length,
    missed: words.length > 1 && ofMiss.some((share) => share > Math.max(best, all * enoughOfMiss)),
  };
}
