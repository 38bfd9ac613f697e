import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sh } from '../../shared/topic-kit/index.ts';
import { SmallRun } from './runs/small-run.test-kit.ts';
import { clampSize, parseSize, withinBounds } from './terminal-size.ts';
import { castEvents, castHead, readRecording } from './transcripts/recording-reader.ts';

describe('a size that no terminal has', () => {
  it('is brought into bounds', () => {
    expect(clampSize(0, 0)).toEqual({ cols: 20, rows: 5 });
    expect(clampSize(10_000, 10_000)).toEqual({ cols: 500, rows: 200 });
    expect(clampSize(2 ** 31 - 1, -5)).toEqual({ cols: 500, rows: 5 });
    expect(clampSize(Number.NaN, Number.POSITIVE_INFINITY)).toEqual({ cols: 20, rows: 5 });
    expect(parseSize('2147483647x2147483647')).toEqual({ cols: 500, rows: 200 });
    expect(parseSize(`${'9'.repeat(400)}x1`)).toEqual({ cols: 20, rows: 5 });
    expect(['', 'x', '80x', '80x24x1', '-1x2', '1e9x2'].map(parseSize)).toEqual([null, null, null, null, null, null]);
  });

  it('never gets into the recording of a run', async () => {
    const run = new SmallRun([
      { kind: 'command', id: 'look', title: 'Look', intro: '', danger: 'reads', runsOn: 'here', script: sh`printf 'seen\n'`, matchers: [] },
      { kind: 'command', id: 'again', title: 'Again', intro: '', danger: 'reads', runsOn: 'here', script: sh`printf 'seen\n'`, matchers: [] },
    ]);
    await run.act((controller) => controller.advance('look'));
    run.opened.resize(2 ** 31 - 1, 30_000);
    run.opened.resize(0, -1);
    await run.act((controller) => controller.advance('again'));
    await run.leave();
    const lines = readFileSync(path.join(run.folder, 'recording.cast'), 'utf8').split('\n');
    expect(lines.filter((line) => line.includes('"r"')).map((line) => JSON.parse(line)[2])).toEqual(['100x30', '500x200', '20x5']);
    rmSync(run.folder, { recursive: true });
  });

  it('in a recording that somebody else made is brought into bounds where it is read and played', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-size-'));
    const header = { version: 3, term: { cols: 30_000, rows: 30_000, type: 'xterm-256color' }, timestamp: 1, title: 'x' };
    const cast = `${JSON.stringify(header)}\n[0.1,"o","12\\r\\n"]\n[0.2, "r", "2147483647x2147483647"]\n[0,"o","[0,\\"r\\",\\"9999x9999\\"]"]\n`;
    writeFileSync(path.join(folder, 'recording.cast'), cast);
    expect(await castHead(folder)).toMatchObject({ cols: 500, rows: 200 });
    const events = [];
    for await (const event of castEvents(folder)) events.push([event.code, event.data]);
    expect(events).toEqual([
      ['o', '12\r\n'],
      ['r', '500x200'],
      ['o', '[0,"r","9999x9999"]'],
    ]);
    const played = readRecording(folder).cast;
    expect(played).toBe(withinBounds(cast));
    expect(played.split('\n').slice(0, 4)).toEqual([
      JSON.stringify({ ...header, term: { ...header.term, cols: 500, rows: 200 } }),
      '[0.1,"o","12\\r\\n"]',
      '[0.2, "r", "500x200"]',
      '[0,"o","[0,\\"r\\",\\"9999x9999\\"]"]',
    ]);
    rmSync(folder, { recursive: true });
  });
});
