import { describe, expect, it } from 'vitest';
import { findPassage, fold, matchExpression, parseSearch, phrasePattern } from './search-text.ts';

describe('what is typed', () => {
  it.each([
    ['erase flash', '"erase" AND "flash" *'],
    ['"erase flash"', '"erase flash"'],
    ['"erase flash" now', '"erase flash" AND "now" *'],
    ['an "unclosed phrase', '"an" AND "unclosed phrase"'],
    ['mptsas2:', '"mptsas2" *'],
    ['500605b0-1234', '"500605b0 1234" *'],
    ['Lüfter GRÖSSE', '"lufter" AND "grosse" *'],
    ['Lu\u0308fter', '"lufter" *'],
    ['AND OR NOT NEAR(', '"and" AND "or" AND "not" AND "near" *'],
    ['a* ^b {c} (d) "', '"a" AND "b" AND "c" AND "d"'],
    ["'; drop table run; --", '"drop" AND "table" AND "run"'],
    ['日本 語', '"日本" AND "語" *'],
    ['*** --', ''],
    ['', ''],
  ])('%j is asked as %j', (text, expression) => expect(matchExpression(parseSearch(text))).toBe(expression));
});

describe('folding', () => {
  it.each(['Größe', 'ÀÉÎõü', 'İstanbul', '🔧 wrench 🔧', '漢字', 'ﬁ', 'Ωmega'])('%s keeps every position', (text) => {
    const nfc = text.normalize('NFC');
    expect(fold(nfc)).toHaveLength(nfc.length);
  });
});

describe('a passage', () => {
  const find = (text: string, search: string) => {
    const [phrase] = parseSearch(search);
    return phrase ? findPassage(text, fold(text), phrasePattern(phrase)) : null;
  };
  it('is the first place with what is around it, on one line', () => {
    expect(find('FS0:\\> sas2flash -o\nErase Flash\nfailed', 'erase')).toEqual({ before: 'FS0:\\> sas2flash -o ', match: 'Erase', after: ' Flash failed' });
  });
  it('may be separated by other signs than were typed', () => expect(find('SAS address 500605B0:1234.', '500605b0-1234')?.match).toBe('500605B0:1234'));
  it('begins at a word', () => expect(find('unerased erased', 'erase')).toMatchObject({ before: 'unerased ', match: 'erase', after: 'd' }));
  it('ends at one when quoted', () => expect(find('erased', '"erase"')).toBeNull());
  it('keeps its accents', () => expect(find('Der Lüfter dreht', 'lufter')?.match).toBe('Lüfter'));
  it('says that there is more', () => {
    const passage = find(`${'a '.repeat(100)}here${' b'.repeat(100)}`, 'here');
    expect(passage?.before).toMatch(/^….{60}$/);
    expect(passage?.after).toMatch(/…$/);
  });
});
