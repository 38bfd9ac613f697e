import { readFileSync } from 'node:fs';
import path from 'node:path';
import xterm from '@xterm/headless';
import { expect, it } from 'vitest';
import { type Step, sh } from '../../../shared/topic-kit/index.ts';
import { SmallRun } from './small-run.test-kit.ts';
import { TerminalModes } from './terminal-modes.ts';

type Terminal = InstanceType<typeof xterm.Terminal>;
const newTerminal = () => new xterm.Terminal({ cols: 40, rows: 8, scrollback: 100, allowProposedApi: true });
const write = (terminal: Terminal, text: string | Uint8Array) => new Promise<void>((resolve) => terminal.write(text, resolve));
function looks(terminal: Terminal) {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  const hidden = lines.some((_, row) => Array.from({ length: 40 }, (__, column) => active.getLine(row)?.getCell(column)?.isInvisible()).some(Boolean));
  return { lines, hidden, screen: active.type, cursor: [active.cursorX, active.cursorY], modes: terminal.modes };
}
const before = `${Array.from({ length: 12 }, (_, line) => `line ${line}\r\n`).join('')}the end of a step\r\n`;
const after = 'the next one, qqq\r\n';
/** One a piece, and all of them. */
const leaks = [
  '\x1b[?1049h',
  '\x1b[8m',
  '\x1b(0',
  '\x0e\x1b)0',
  '\x1b[?2004h',
  '\x1b[?1003h\x1b[?1006h',
  '\x1b[?1004h',
  '\x1b[?7l',
  '\x1b[?1h\x1b=',
  '\x1b[4h',
  '\x1b[20h',
  '\x1b7\x1b[?6h\x1b8',
  '\x1b[?2026h',
  '\x1b]0;an open title',
  '\x1bPan open string',
  '\x1b_',
  '\u009b8m',
  '\x1b[31;1',
];

async function shown(...pieces: (string | Uint8Array)[]) {
  const terminal = newTerminal();
  for (const piece of pieces) await write(terminal, piece);
  return looks(terminal);
}

it.each([...leaks, `${leaks.slice(0, 12).join('')}`])('puts back what a step leaves on: %j', async (leak) => {
  const modes = new TerminalModes();
  modes.saw(Buffer.from(before + leak));
  const reset = modes.takeReset();
  expect(await shown(before, leak, reset ?? '', after)).toEqual(await shown(before, after));
});

it('leaves the cursor where it is, within a region too, and is not given where nothing was changed', async () => {
  const modes = new TerminalModes();
  modes.saw(Buffer.from(before));
  expect(modes.takeReset()).toBe(null);
  modes.saw(Buffer.from('\x1b[2;4r'));
  const reset = modes.takeReset() ?? '';
  expect(modes.takeReset()).toBe(null);
  const { lines } = await shown(before, '\x1b[2;4r\x1b[3;5H', reset, 'here');
  expect(lines.at(-6)).toMatch(/^.{4}here/);
  expect((await shown(before, '\x1b[2;4r', reset, '\x1b[8;1H\n\n\n\n\n')).lines.slice(0, 12)).toEqual(before.split('\r\n').slice(0, 12));
});

it('comes before the next step, in the recording as in the view', async () => {
  const step = (id: string, script: ReturnType<typeof sh>): Step => ({
    kind: 'command',
    id,
    title: id,
    intro: '',
    danger: 'reads',
    runsOn: '',
    script,
    matchers: [],
  });
  const leave = sh`printf ${'\\033[?1049h\\033[8m\\033(0\\033[?1004h'}; echo modes-left-on`;
  const run = new SmallRun([step('leave', leave), step('next', sh`echo VISIBLE`)], undefined, { kind: 'local' });
  const view: Uint8Array[] = [];
  run.opened.feed.attach({}, (_, bytes) => view.push(Buffer.from(bytes)));
  for (const id of ['leave', 'next']) expect((await run.act((controller) => controller.advance(id))).trouble).toBe(null);
  const recorded = readFileSync(path.join(run.folder, 'recording.cast'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as [number, string, string])
    .filter(([, code]) => code === 'o')
    .map(([, , data]) => data)
    .join('');
  expect(recorded).toBe(Buffer.concat(view).toString());
  const { lines, hidden, screen, modes } = await shown(recorded);
  expect([lines.filter(Boolean), hidden, screen, modes.sendFocusMode]).toEqual([['VISIBLE'], false, 'normal', false]);
  await run.end();
});
