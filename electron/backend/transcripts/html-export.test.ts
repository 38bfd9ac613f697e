import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunState } from '../../../shared/api/run.ts';
import type { Transcript } from '../../../shared/api/transcript.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { toHtml } from './html-export.ts';
import { playerLimit } from './recording-reader.ts';

let transcript: Transcript;
beforeAll(async () => {
  const rehearsal = new Rehearsal();
  const { runId }: RunState = await rehearsal.start('perc-h200-crossflash');
  transcript = await rehearsal.api.transcripts.get({ runId });
  await rehearsal.end();
});
async function page(cast: string, blockBytes: number, claimed = Buffer.byteLength(cast)): Promise<string> {
  const bytes = Buffer.from(cast);
  async function* blocks() {
    const block = Buffer.alloc(blockBytes);
    for (let at = 0; at < bytes.length; at += blockBytes) yield block.subarray(0, bytes.copy(block, 0, at, at + blockBytes));
  }
  let text = '';
  for await (const piece of toHtml(transcript, { bytes: claimed, blocks: blocks() })) text += piece;
  return text;
}

describe('what a page may do', () => {
  const policyOf = (html: string) => /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1] ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('is what its own programs and style sheet do, named by their digests, and nothing else', async () => {
    const html = await page('{"version":3}\n', 4096);
    const policy = policyOf(html);
    const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text = '']) => hash(text));
    const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = '']) => hash(text));
    expect([scripts.length, styles.length]).toEqual([2, 1]);
    expect(policy).toContain(`script-src ${scripts.join(' ')} 'wasm-unsafe-eval';`);
    expect(policy).toContain(`style-src ${styles.join(' ')};`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("base-uri 'none'; form-action 'none'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
  });
});

describe('the recording in a page', () => {
  it.each([1, 2, 3, 7, 4096])('is the recording again, read in blocks of %i bytes, and ends no element', async (blockBytes) => {
    const cast = `{"version":3}\n[0,"o","</script><!-- <SCRIPT> ]]> \\u001b[1m 😀 界 \u2028 \\"q\\" "]\n`;
    const html = await page(cast, blockBytes);
    const [, embedded = ''] = /<script type="application\/json" id="cast">(.*?)<\/script>/s.exec(html) ?? [];
    expect(embedded).not.toContain('<');
    expect(JSON.parse(embedded)).toBe(cast);
  });

  it('is left out above what the player takes, and the page says what to do', async () => {
    const html = await page('', 1, playerLimit + 1);
    expect(html).not.toContain('<script');
    expect(html).toContain(`asciinema play ${transcript.run.runId}.cast`);
    expect(html.trimEnd()).toMatch(/<\/html>$/);
  });
});

it('holds what was done by hand: the instructions, and the cards with their lines', async () => {
  const rehearsal = new Rehearsal();
  const { runId } = await rehearsal.start('xen-citrix-pv');
  const { run, ...more } = await rehearsal.api.transcripts.get({ runId });
  await rehearsal.end();
  const plan = run.plan.map((step) => ({ ...step, cards: step.cards.map((card) => ({ ...card, note: '<b>By hand', file: 'CITRIX.REG' })) }));
  let html = '';
  for await (const piece of toHtml({ ...more, run: { ...run, plan } }, { bytes: 0, blocks: (async function* () {})() })) html += piece;
  expect(html).toContain('<ol class="by-hand"><li>Save the card as a .reg file');
  expect(html).toContain('<h4>citrix-on-xen.reg <code>CITRIX.REG</code></h4><p>&lt;b&gt;By hand</p><pre class="card" tabindex="0">Windows Registry Editor');
  expect(html).toContain('&quot;SetFlags&quot;=dword:10000000</pre>');
});
