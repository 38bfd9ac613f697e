import { describe, expect, it } from 'vitest';
import { comparedWord, searchWords } from './search-words.ts';
import { type SearchedTopic, topicSearch } from './topic-search.ts';

const topic = (id: string, title: string, symptoms: string[] = [], alsoCalled: string[] = []): SearchedTopic => ({
  id,
  title,
  summary: '',
  category: 'Storage & firmware',
  platforms: ['Linux'],
  symptoms,
  alsoCalled,
  about: [],
  asked: [],
  nearMisses: [],
});
const flash = topic('flash', 'Crossflash a card', ['drives larger than 2 TB not seen'], ['Platten über 2 TB fehlen', 'RAID-Karte umflashen']);
const apt = topic('apt', 'apt Hash Sum mismatch', ['File has unexpected size']);
const stick = topic('stick', 'Build a bootable stick', [], ['thumb drive, pen drive']);
const find = topicSearch([flash, apt, stick, topic('lvm', 'Grow a volume'), topic('mail', 'Move a mail server')]);
const first = (text: string) => find(text, []).hits[0]?.topicId;

describe('topicSearch', () => {
  it.each([
    ['CROSSFLASH', 'flash'],
    ['crosflash', 'flash'],
    ['crossf', 'flash'],
    ['a bootable thumb drive', 'stick'],
    ['crossflashing cards', 'flash'],
    ['PLATTEN UBER 2 TB', 'flash'],
    ['hash mismatch', 'apt'],
  ])('finds by any of its words, a beginning, a slip of the key: %s', (text, id) => expect(first(text)).toBe(id));

  it('finds by its own name, also as far as it is typed', () => {
    const byName = topicSearch([topic('cups-to-cups', 'A'), topic('cups-idle', 'B')]);
    expect(byName('cups-to', []).hits.map(({ topicId }) => topicId)).toEqual(['cups-to-cups']);
    expect(byName('cups-', []).hits).toHaveLength(2);
  });

  it('takes keys and other long data for no words', () => {
    const data = 'a'.repeat(65_536);
    expect(find(data, [])).toEqual({ hits: [], closest: [] });
    expect(first(`crossflash ${data}`)).toBe('flash');
  });

  it('says which phrase led there', () => expect(find('drives 2 TB', []).hits[0]?.because).toBe('drives larger than 2 TB not seen'));

  it('puts what a pattern recognised first, and no topic twice', () => {
    const found = find('crossflash card', [{ topicId: 'stick', because: 'No bootable device', captured: {} }]);
    expect(found.hits.map(({ topicId, recognised }) => [topicId, recognised])).toEqual([
      ['stick', true],
      ['flash', false],
    ]);
  });
  it('leaves out topics it does not know', () => expect(find('zebra', [{ topicId: 'gone', because: 'x', captured: {} }]).hits).toEqual([]));

  it('names the closest where nothing fits, at most three', () => {
    const { hits, closest } = find('please grow tall tomato plants and move house quickly before the next big winter storm crossflash mismatch', []);
    expect(hits).toEqual([]);
    expect(closest.map(({ topicId }) => topicId).sort()).toEqual(['apt', 'flash', 'lvm']);
  });
  it('has no closest by what would be a slip of the key', () => expect(find('the crosflesh of a pig for dinner', []).closest).toEqual([]));
  it('has no closest where nothing is shared', () => expect(find('zebra', [])).toEqual({ hits: [], closest: [] }));
  it.each(['', '   ', 'the of and', '??'])('answers nothing to “%s”', (text) => expect(find(text, [])).toEqual({ hits: [], closest: [] }));
});

describe('words', () => {
  it('lose accents and quotes', () => expect(searchWords("Größe: l’hôte, don't (0x1F)")).toEqual(['grosse', 'lhote', 'dont', '0x1f']));
  it.each([
    ['disks', 'disk'],
    ['access', 'access'],
    ['status', 'status'],
    ['flashing', 'flash'],
    ['flashed', 'flash'],
    ['0x31120303', '0x31120303'],
    ['the', null],
  ])('%s is compared as %s', (raw, compared) => expect(comparedWord(raw)).toBe(compared));
});
