import { expect, it } from 'vitest';
import { symptomRules } from './symptom-rules.ts';
import { SymptomScan } from './symptom-scan.ts';

const rules = symptomRules([
  {
    id: 'dns',
    symptoms: [
      { pattern: /\bupdate '(?<domain>[^']*)\/IN' denied/i, text: "update 'example.org/IN' denied" },
      { pattern: /AH00161/, text: 'AH00161' },
    ],
  },
  { id: 'web', symptoms: [{ pattern: /AH00161|reached MaxRequestWorkers/i, text: 'reached MaxRequestWorkers' }] },
  { id: 'people', symptoms: [{ pattern: /\bslow\b/i, text: 'slow' }] },
]);
const scan = (log: string | Buffer, piece = 7) => {
  const scanned = new SymptomScan(rules);
  const bytes = Buffer.from(log);
  for (let at = 0; at < bytes.length; at += piece) scanned.push(bytes.subarray(at, at + piece));
  return scanned.end();
};
const line = "Nov 29 10:11:12 ns named[812]: client @0x7f #50123: \u001b[31mupdate 'corp.example.com/IN' denied\u001b[0m";

it.each([1, 7, 64, 100_000])('finds symptoms with what they capture, in pieces of %i bytes', (piece) => {
  const log = `${'nothing of interest here\n'.repeat(50)}${line}\n${line.replace('corp', 'other')}\nlast: server REACHED MaxRequestWorkers`;
  expect(scan(log, piece)).toEqual([
    {
      topicId: 'dns',
      because: "update 'example.org/IN' denied",
      captured: { domain: 'corp.example.com' },
      line: expect.stringMatching(/^Nov 29.*denied$/),
      count: 2,
    },
    { topicId: 'web', because: 'reached MaxRequestWorkers', captured: {}, line: 'last: server REACHED MaxRequestWorkers', count: 1 },
  ]);
});

it('puts the topic with the most symptoms first, and several lines in one piece are several', () => {
  const log = `AH00161 once\nAH00161 twice\n${line}\n`;
  expect(scan(log, 4096).map(({ topicId, count }) => [topicId, count])).toEqual([
    ['dns', 3],
    ['web', 2],
  ]);
});

it('is not about what people say, nor about half of a line', () => {
  expect(scan("kernel: the server is slow today\nupdate\n'a/IN' denied\n")).toEqual([]);
});

it('goes on behind a line without an end', () => {
  expect(scan(Buffer.concat([Buffer.alloc(300_000, 'x'), Buffer.from(`\n${line}\n`)]), 50_000).map(({ topicId }) => topicId)).toEqual(['dns']);
});
