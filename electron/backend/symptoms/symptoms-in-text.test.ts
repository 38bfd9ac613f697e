import { expect, it } from 'vitest';
import { symptomRules } from './symptom-rules.ts';
import { symptomsIn } from './symptoms-in-text.ts';

const rules = symptomRules([
  {
    id: 'apt',
    symptoms: [
      { pattern: /File has unexpected size \((?<size>\d+) != \d+\)/i, text: 'File has unexpected size' },
      { pattern: /\bslow\b/, text: 'slow' },
    ],
  },
  { id: 'umlaut', symptoms: [{ pattern: /Größe|ß/, text: 'Größe' }] },
]);

it.each([
  ['a line with a time stamp', 'Nov 29 10:00:01 web1 apt[12]: E: File has unexpected size (275122 != 275100).', ['apt'], { size: '275122' }],
  ['a line in colours', '\u001b[31mFile has unexpected \u001b[1msize (1 != 2)\u001b[0m', ['apt'], { size: '1' }],
  ['words that a console has wrapped', `${'The mirror says that there is something wrong with it: the file'.padEnd(60)}\nno`, [], {}],
  ['what people say', 'everything is slow', ['apt'], {}],
  ['what is not in ASCII', 'Datei hat eine unerwartete Größe', ['umlaut'], {}],
  ['nothing', '', [], {}],
])('finds them in %s', (_what, text, ids, captured) => {
  const found = symptomsIn(text, rules);
  expect([found.map(({ topicId }) => topicId), found[0]?.captured ?? {}]).toEqual([ids, captured]);
});

it('puts a sentence together that was broken in the 80th column, in the middle of a word', () => {
  const text = 'E: Failed to fetch the package from the mirror of this network: File has unexpected size (275122 != 275100).';
  expect(symptomsIn(`${text.slice(0, 80)}\n${text.slice(80)}`, rules).map(({ topicId }) => topicId)).toEqual(['apt']);
});
