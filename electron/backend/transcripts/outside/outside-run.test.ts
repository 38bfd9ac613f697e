/** An export for outside, in every format: nothing that names a machine or a person is left. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormat } from '../../../../shared/api/transcript.ts';
import { offerOf, Rehearsal } from '../../conformance/rehearsal.test-kit.ts';
import { sealAnew } from '../../custody/seal-anew.test-kit.ts';

let rehearsal: Rehearsal;
let runId = '';
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-outside-'));
  rehearsal = new Rehearsal();
  const run = await rehearsal.start('perc-h200-crossflash');
  ({ runId } = await rehearsal.take(run, offerOf(run, 'advance')));
  await rehearsal.api.runs.leave({ runId });
  const shown =
    'greta@stor9.lan:~$ ip a\r\ninet 10.9.8.7 link 52:54:00:ab:cd:ef inet6 fe80::1234\r\nBIOS 7.39.02.00 5782bcb-0-1234-5600\r\nstor9 says 10.9.8.7\r\n';
  // Three characters an event.
  const events = (shown.match(/.{1,3}/gs) ?? []).map((piece) => `${JSON.stringify([0.001, 'o', piece])}\n`);
  writeFileSync(path.join(rehearsal.data, 'runs', runId, 'recording.cast'), events.join(''), { flag: 'a' });
  await sealAnew(rehearsal.data, runId);
});
afterAll(async () => {
  await rehearsal.end();
  rmSync(folder, { recursive: true, force: true });
});

/** All that was written; of recordings also what they show, whose pieces cut names. */
function textOf(out: string, format: string): string {
  if (format === 'sudo')
    return readdirSync(out)
      .map((name) => readFileSync(path.join(out, name), 'utf8'))
      .join('\n');
  const text = readFileSync(out, 'utf8');
  const cast = format === 'cast' ? text : format === 'html' ? (JSON.parse(/id="cast">(.*?)<\/script>/s.exec(text)?.[1] ?? '""') as string) : '';
  const lines = cast.split('\n').filter((line) => line.startsWith('['));
  return text.replace(/<script>.*?<\/script>/gs, '') + lines.map((line) => JSON.parse(line)[2]).join('');
}

describe('an export for outside', () => {
  it.each(exportFormat.options.filter((format) => format !== 'bundle'))('as %s names nobody, and keeps versions and SAS addresses', async (format) => {
    const out = path.join(folder, `x.${format}`);
    await rehearsal.api.transcripts.export({ runId, format, out, outside: true });
    const text = textOf(out, format);
    for (const name of ['greta', 'stor9', '10.9.8.7', '52:54:00:ab:cd:ef', 'fe80::1234']) expect(text).not.toContain(name);
    for (const name of [hostname(), userInfo().username].filter((name) => name !== 'root')) expect(text).not.toMatch(new RegExp(`(?<!\\w)${name}(?!\\w)`));
    for (const kept of ['7.39.02.00', '5782bcb-0-1234-5600', '192.0.2.1', '00:00:5e:00:53:01', '2001:db8::1']) expect(text).toContain(kept);
    expect(text).toMatch(/user-\d@host-\d/);
  });

  it('is foretold by the preview', async () => {
    const { replacements } = await rehearsal.api.transcripts.outsidePreview({ runId });
    expect(replacements).toEqual(
      expect.arrayContaining([
        { kind: 'host', from: 'stor9.lan', to: expect.stringMatching(/^host-\d$/), count: 1 },
        { kind: 'host', from: 'stor9', to: expect.stringMatching(/^host-\d$/), count: 1 },
        { kind: 'user', from: 'greta', to: expect.stringMatching(/^user-\d$/), count: 1 },
        { kind: 'ipv4', from: '10.9.8.7', to: '192.0.2.1', count: 2 },
      ]),
    );
  });

  it('is no other export when it is not asked for', async () => {
    const out = path.join(folder, 'as-it-is.cast');
    await rehearsal.api.transcripts.export({ runId, format: 'cast', out });
    expect(readFileSync(out)).toEqual(readFileSync(path.join(rehearsal.data, 'runs', runId, 'recording.cast')));
  });
});
