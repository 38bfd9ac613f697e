import { describe, expect, it } from 'vitest';
import { journalMessage } from './journal-line.ts';
import { symptomRules } from './symptom-rules.ts';
import { SymptomScan } from './symptom-scan.ts';

const json = (fields: object) => JSON.stringify({ __CURSOR: 's=1', _PID: '812', PRIORITY: '4', ...fields });

describe('a line of an exported journal', () => {
  it.each([
    [json({ SYSLOG_IDENTIFIER: 'named', MESSAGE: `update 'a.org/IN' denied` }), `named: update 'a.org/IN' denied`],
    [json({ MESSAGE: 'only "this"\u001b' }), 'only "this"\u001b'],
    [json({ SYSLOG_IDENTIFIER: 'x', MESSAGE: [...Buffer.from('Größe')] }), 'x: Größe'],
    [json({ MESSAGE: ['first', [...Buffer.from('second')]] }), 'first\nsecond'],
    ['MESSAGE=as exported', 'as exported'],
    [json({ MESSAGE: null }), json({ MESSAGE: null })],
    ['{"MESSAGE":"cut o', '{"MESSAGE":"cut o'],
    ['{ braces of another program }', '{ braces of another program }'],
    ['an ordinary line', 'an ordinary line'],
  ])('is read: %s', (line, message) => expect(journalMessage(line)).toBe(message));
});

describe('a journal as JSON', () => {
  const rules = symptomRules([
    { id: 'bind', symptoms: [{ pattern: /^named: update "(?<domain>[^"]+)\/IN" denied by policy/, text: 'update denied' }] },
    { id: 'apache', symptoms: [{ pattern: /reached MaxRequestWorkers setting/, text: 'workers' }] },
  ]);
  const found = (...lines: string[]) => {
    const scan = new SymptomScan(rules);
    scan.push(Buffer.from(`${lines.join('\n')}\n`));
    return scan.end().map(({ topicId, captured }) => [topicId, captured]);
  };
  const denied = { SYSLOG_IDENTIFIER: 'named', MESSAGE: 'update "a.org/IN" denied by policy' };
  it('is searched as what the programs said, also where that has quotes', () => expect(found(json(denied))).toEqual([['bind', { domain: 'a.org' }]]));
  it('is searched where a message is bytes', () =>
    expect(found(json({ ...denied, MESSAGE: [...Buffer.from(denied.MESSAGE)] }))).toEqual([['bind', { domain: 'a.org' }]]));
  it('is searched in each line of a message', () =>
    expect(found(json({ MESSAGE: 'first\nAH00161: server reached MaxRequestWorkers setting' }))).toEqual([['apache', {}]]));
  it('finds nothing in other fields’ names and in what is well', () =>
    expect(found(json({ MESSAGE: 'update done' }), json({ MESSAGE: [27, 91, 109] }))).toEqual([]));
});
