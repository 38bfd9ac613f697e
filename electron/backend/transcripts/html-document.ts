/** One HTML file that opens anywhere, without network, and in which only the page's own programs run. */
import { createHash } from 'node:crypto';
import playerStyle from 'asciinema-player/dist/bundle/asciinema-player.css?raw';
import playerScript from 'asciinema-player/dist/bundle/asciinema-player.min.js?raw';
import pageStyle from './html-page.css?raw';
import pageScript from './html-page.js?raw';

/** `body`: HTML; with a recording (asciicast v3, its blocks are read once) it has a place for the player, `#player`. */
export async function* htmlDocument({ title, body, cast }: { title: string; body: string; cast: AsyncIterable<Buffer> | null }): AsyncGenerator<string> {
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${html(title)}</title>
<style>${style}</style></head><body>
${body}
`;
  if (cast) {
    yield '<script type="application/json" id="cast">';
    yield* jsonInScript(cast);
    yield `</script>${scripts.map((script) => `<script>${script}</script>`).join('')}`;
  }
  yield '</body></html>\n';
}

/** Bytes as one JSON string in which no "<" is left, so that nothing in it can end the script element. */
async function* jsonInScript(blocks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const inString = (text: string) => JSON.stringify(text).slice(1, -1).replaceAll('<', '\\u003c');
  yield '"';
  for await (const block of blocks) yield inString(decoder.decode(block, { stream: true }));
  yield `${inString(decoder.decode())}"`;
}

/** Text in which nothing is HTML. */
export const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = `${playerStyle}\n${pageStyle}`;

/** Program text that may stand inside a script element: the end tag and comment opener can't appear in it. */
const inScript = (text: string) => text.replace(/<(?=\/script|!--)/gi, '\\u003c');

const scripts = [inScript(playerScript), inScript(pageScript)];

/**
 * Only these programs run, only this style sheet counts, and nothing may be fetched or sent. The player compiles its inlined terminal
 * emulator, and sets attributes for the place and colour of what it draws.
 */
const policy = [
  "default-src 'none'",
  `script-src ${scripts.map(hashOf).join(' ')} 'wasm-unsafe-eval'`,
  `style-src ${hashOf(style)}`,
  "style-src-attr 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'connect-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
