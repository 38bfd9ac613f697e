/**
 * Which procedures a text is about: one that somebody typed, or lines of a log. A symptom's pattern that fits is the strongest sign;
 * after that come words, ranked by how rare they are. The window, its palette and the terminal command ask the same function. Pure.
 */
import MiniSearch, { type SearchResult } from 'minisearch';
import { comparedWord, isGeneral, searchWords } from './search-words.ts';

/** What is said about a topic, and searched. */
export interface SearchedTopic {
  id: string;
  title: string;
  summary: string;
  category: string;
  platforms: readonly string[];
  symptoms: readonly string[];
  alsoCalled: readonly string[];
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

const fields = ['title', 'alsoCalled', 'symptoms', 'platforms', 'category', 'summary'] as const;
const boost = { title: 4, alsoCalled: 3, symptoms: 2.5, platforms: 1.5, category: 1, summary: 1.5 };

/** A long log is judged by its first words; its lines are what patterns are for. */
const mostWords = 48;
/** Share of what was asked that a hit has to cover, weighed by how rare its words are: more of a whole sentence or line, which shares words with everything. */
const enough = (words: number) => (words > 5 ? 0.65 : 0.58);

export function topicSearch(topics: readonly SearchedTopic[]): FindTopics {
  const index = new MiniSearch<Record<string, string>>({
    fields: [...fields],
    tokenize: searchWords,
    processTerm: comparedWord,
    searchOptions: {
      boost,
      prefix: (word) => word.length > 2,
      fuzzy: (word) => (word.length > 4 && !/\d/.test(word) ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.5 },
    },
  });
  index.addAll(
    topics.map(({ id, title, summary, category, platforms, symptoms, alsoCalled }) => ({
      id,
      title,
      summary,
      category,
      platforms: platforms.join('\n'),
      symptoms: symptoms.join('\n'),
      alsoCalled: alsoCalled.join('\n'),
    })),
  );
  const known = new Map(topics.map((topic) => [topic.id, topic]));

  return (text, recognised) => {
    const first = recognised
      .filter(({ topicId }) => known.has(topicId))
      .map(({ topicId, because, captured }) => ({ topicId, because, captured, recognised: true }));
    const asked = [...new Set(searchWords(text).map(comparedWord))].filter((word) => word !== null).slice(0, mostWords);
    const found = asked.length === 0 ? [] : index.search(asked.join(' '), { processTerm: (word) => word });
    const covered = coverage(asked, found, topics.length);
    const byWords = found
      .map((result) => ({ result, share: covered(result) }))
      .filter(({ result }) => !first.some(({ topicId }) => topicId === result.id))
      // One word alone is a filter: it may be a general one.
      .filter(({ result }) => asked.length === 1 || result.queryTerms.some((term) => !isGeneral(term)))
      .sort((a, b) => b.share * b.result.score - a.share * a.result.score);
    const shown = ({ result }: { result: SearchResult }): FoundTopic => ({
      topicId: result.id,
      because: phraseOf(known.get(result.id), result, asked),
      recognised: false,
      captured: {},
    });
    const hits = [...first, ...byWords.filter(({ share }) => share >= enough(asked.length)).map(shown)];
    return { hits, closest: hits.length > 0 ? [] : byWords.slice(0, 3).map(shown) };
  };
}

/** How much of what was asked a topic covers, 0 to 1. A word that no topic has counts as the rarest, a code less, a number hardly. */
function coverage(asked: readonly string[], found: readonly SearchResult[], topics: number): (result: SearchResult) => number {
  const weights = asked.map((word) => {
    const having = found.filter(({ queryTerms }) => queryTerms.includes(word)).length;
    if (having === 0 && /\d/.test(word)) return /^\d+$/.test(word) ? 0.3 : 1.2;
    return Math.log(1 + (topics - having + 0.5) / (having + 0.5));
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return ({ queryTerms, match }) => {
    const terms = Object.keys(match);
    const quality = (word: string) => (word in match ? 1 : terms.some((term) => term.startsWith(word)) ? 0.8 : 0.6);
    return asked.reduce((sum, word, at) => sum + (queryTerms.includes(word) ? (weights[at] ?? 0) * quality(word) : 0), 0) / all;
  };
}

/** The phrase of the topic that says most of what was asked: at least two of its words, or the only one. */
function phraseOf(topic: SearchedTopic | undefined, { match }: SearchResult, asked: readonly string[]): string {
  const terms = new Set(Object.keys(match));
  const least = Math.min(2, asked.length);
  let best = '';
  let most = least - 1;
  for (const phrase of [...(topic?.symptoms ?? []), ...(topic?.alsoCalled ?? [])]) {
    const has = new Set(
      searchWords(phrase)
        .map(comparedWord)
        .filter((word) => word !== null && terms.has(word)),
    ).size;
    if (has > most) [best, most] = [phrase, has];
  }
  return best;
}
