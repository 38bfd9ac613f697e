import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';

let rehearsal: Rehearsal;
let run: RunState;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-export-'));
  rehearsal = new Rehearsal();
  run = await rehearsal.advanceWhileWell(await rehearsal.start('perc-h200-crossflash'));
});
afterAll(() => rehearsal.end());
const exported = async (format: ExportFormat) => {
  const { path: file, bytes } = await rehearsal.api.transcripts.export({ runId: run.runId, format, out: path.join(folder, `transcript.${format}`) });
  const text = readFileSync(file, 'utf8');
  expect(Buffer.byteLength(text)).toBe(bytes);
  return text;
};

describe('an exported transcript', () => {
  it.each(['md', 'html', 'txt', 'json'] as const)('as %s has the steps, the answer, the address and the word rehearsal', async (format) => {
    const text = await exported(format);
    for (const wanted of ['rehearsal', 'sas2flash.efi -o -e 6', '5782bcb-0-1234-5600', 'Firmware Flash Successful', run.runId]) {
      if (format === 'txt' && wanted.startsWith('sas2flash')) continue; // text shows the screen, and the helper echoes no commands
      expect(text.toLowerCase()).toContain(wanted.toLowerCase());
    }
    // The player inside the HTML file has an escape character in its own code.
    if (format !== 'html') expect(text).not.toContain('\x1b');
  });

  it('as asciicast v3 is what was recorded, line for line', async () => {
    const lines = (await exported('cast')).trimEnd().split('\n');
    const [header, ...events] = lines.map((line) => JSON.parse(line));
    expect(header).toMatchObject({ version: 3, term: { cols: expect.any(Number), rows: expect.any(Number) } });
    for (const event of events) expect(event).toEqual([expect.any(Number), expect.stringMatching(/^[iomr]$/), expect.any(String)]);
    const markers = events.filter(([, code]) => code === 'm').map(([, , text]) => text);
    expect(markers).toEqual(run.plan.map((step) => step.title));
  });

  it('as HTML needs no network and closes no script early', async () => {
    const html = await exported('html');
    expect(html).toContain("default-src 'none'");
    expect(html.replace(/<script[^>]*>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, '')).not.toMatch(/(src|href)="?https?:|url\(/);
    expect(html.match(/<script/g)).toHaveLength(3);
    const cast = /<script type="application\/json" id="cast">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(JSON.parse(cast)).toBe(await exported('cast'));
  });

  it('is written whole or not at all', async () => {
    await expect(rehearsal.api.transcripts.export({ runId: run.runId, format: 'md', out: folder })).rejects.toMatchObject({
      code: 'bad-parameters',
      message: expect.stringContaining(folder),
    });
    await expect(rehearsal.api.transcripts.export({ runId: run.runId, format: 'md', out: path.join(folder, 'no', 'such', 'folder.md') })).rejects.toMatchObject(
      { code: 'storage' },
    );
    mkdirSync(path.join(folder, 'kept'));
    writeFileSync(path.join(folder, 'kept', 'old.md'), 'old');
    await expect(
      rehearsal.api.transcripts.export({ runId: '20260101-000000-gone', format: 'md', out: path.join(folder, 'kept', 'old.md') }),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(readdirSync(path.join(folder, 'kept'))).toEqual(['old.md']);
    expect(readFileSync(path.join(folder, 'kept', 'old.md'), 'utf8')).toBe('old');
  });
});

describe('verification', () => {
  const files = () => {
    const at = path.join(rehearsal.data, 'runs', run.runId);
    return { journal: path.join(at, 'journal.jsonl'), recording: path.join(at, 'recording.cast') };
  };
  const verify = () => rehearsal.api.transcripts.verify({ runId: run.runId });
  const withChange = async (file: string, change: (text: string) => string) => {
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, change(original));
    const result = await verify();
    writeFileSync(file, original);
    return result;
  };

  it('finds an untouched run intact', async () => {
    expect(await verify()).toMatchObject({ ok: true, findings: [] });
  });

  it('finds a changed, cut or missing recording and a changed journal', async () => {
    const { journal, recording } = files();
    const changes: [string, (text: string) => string, RegExp][] = [
      [recording, (text) => text.replace('Firmware Flash Successful', 'Firmware Flash Succeeded!'), /recording was changed/],
      [recording, (text) => text.slice(0, -200), /recording was cut/],
      [journal, (text) => text.replace('"exitStatus":0', '"exitStatus":1'), /does not follow/],
      [journal, (text) => text.split('\n').toSpliced(5, 1).join('\n'), /does not follow/],
    ];
    for (const [file, change, finding] of changes) {
      const result = await withChange(file, change);
      expect(result.ok).toBe(false);
      expect(result.findings.join('\n')).toMatch(finding);
    }
    expect((await verify()).ok).toBe(true);
  });
});
