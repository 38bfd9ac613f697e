import { appendFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Journal, parseJournal, readJournal } from './journal.ts';

let folder = '';
const file = () => path.join(folder, 'journal.jsonl');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-journal-'));
});
const note = (text: string) => ({ type: 'note' as const, text });
function written(...texts: string[]): string[] {
  const journal = new Journal(folder);
  for (const text of texts) journal.append(note(text));
  journal.close();
  return readFileSync(file(), 'utf8').split('\n').slice(0, -1);
}

describe('Journal', () => {
  it('is read back as it was written, and continued', () => {
    written('one', 'two');
    written('three');
    const { events, findings } = readJournal(folder);
    expect(findings).toEqual([]);
    expect(events.map((event) => [event.seq, event.type === 'note' && event.text])).toEqual([
      [0, 'one'],
      [1, 'two'],
      [2, 'three'],
    ]);
  });

  it('refuses an event that it could not read again, to whoever writes it, and goes on', () => {
    const journal = new Journal(folder);
    journal.append(note('one'));
    const entered = (uid: number) => ({ type: 'hop-entered' as const, name: 'ssh to x', uid, system: 'Linux' });
    for (const uid of [Number.NaN, Number.POSITIVE_INFINITY, Number('abc'), undefined as unknown as number])
      expect(() => journal.append(note('with it'), entered(uid))).toThrow(
        expect.objectContaining({ code: 'internal', message: expect.stringContaining('hop-entered') }),
      );
    journal.append(entered(0));
    journal.close();
    const { events, findings } = readJournal(folder);
    expect([events.map(({ type }) => type), findings]).toEqual([['note', 'hop-entered'], []]);
  });

  it('recognises every kind of tampering', () => {
    const lines = written('one', 'two', 'three', 'four');
    const findings = (changed: string[]) => parseJournal(changed.map((line) => `${line}\n`).join('')).findings;
    const [one = '', two = '', three = '', four = ''] = lines;
    expect(findings(lines)).toEqual([]);
    expect(findings([one, two.replace('two', 'TWO'), three, four])).toEqual([expect.stringContaining('event 2 does not follow')]);
    expect(findings([one, three, four])).not.toEqual([]);
    expect(findings([one, three, two, four])).not.toEqual([]);
    expect(findings([one, two, two, three, four])).not.toEqual([]);
    expect(findings([one, 'not JSON', three, four])).toEqual([expect.stringContaining("event 1 can't be read")]);
  });

  it('cuts a torn last line off, says so, and goes on', () => {
    written('one', 'two');
    const whole = readFileSync(file()).length;
    appendFileSync(file(), '{"v":1,"seq":2,"at":"20');
    expect(readJournal(folder).findings).toEqual([]);
    written('three');
    const { events, findings } = readJournal(folder);
    expect(findings).toEqual([]);
    expect(events.map((event) => event.type === 'note' && event.text)).toEqual(['one', 'two', expect.stringContaining('cut off after 23 bytes'), 'three']);
    expect(readFileSync(file()).length).toBeGreaterThan(whole);
  });

  it('is intact after being cut at any byte', () => {
    written('one', 'two', 'three');
    const bytes = readFileSync(file());
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(file(), bytes);
      truncateSync(file(), length);
      const { events, findings } = readJournal(folder);
      expect(findings).toEqual([]);
      expect(events.length).toBe(bytes.subarray(0, length).toString().split('\n').length - 1);
    }
  });

  it('refuses to go on with a damaged journal and leaves it as it is', () => {
    const [one = '', two = ''] = written('one', 'two');
    const damaged = `${one.replace('one', 'ONE')}\n${two}\n`;
    writeFileSync(file(), damaged);
    expect(() => new Journal(folder)).toThrow(/is damaged/);
    expect(readFileSync(file(), 'utf8')).toBe(damaged);
  });
});
