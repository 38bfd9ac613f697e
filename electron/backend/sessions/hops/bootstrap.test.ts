/** The bootstrap of a hop whose line may lose characters, in a terminal of its own. */
import { expect, it } from 'vitest';
import { PtyProcess } from '../pty-process.ts';
import { bootstrapCommand, bootstrapLines, checkedBootstrapText } from './bootstrap.ts';

const start = (checked = true, before = '') => {
  const args = ['-c', `${before}${bootstrapCommand('token', checked)}`];
  const pty = new PtyProcess({ program: 'sh', args, folder: '/', environment: { PATH: process.env.PATH ?? '' }, cols: 80, rows: 24 });
  let greetings = 0;
  let text = '';
  pty.onData((bytes) => {
    text += bytes.toString('latin1');
    greetings += bytes.toString('latin1').split('hello;token').length - 1;
  });
  return { pty, text: () => text, greetings: () => greetings, ended: new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status))) };
};

it('greets again where a text was damaged, and ends where its input ends', async () => {
  const { pty, greetings, ended } = start();
  await expect.poll(greetings).toBe(1);
  pty.write('echo damaged\ntoken end 1 2\n');
  await expect.poll(greetings).toBe(2);
  pty.write('\x04'.repeat(100));
  expect(await ended).toBe(1);
  expect(greetings()).toBe(2);
});

const nonce = 'ab'.repeat(16);
const helper = 'printf "<ran %s>" "$_wb_nonce"';
const ahead = 'printf "<typed %s>" ahead\nEOF\n$(printf "<typed %s>" ahead)\nand the rest of a li\x04\x04\x04';
/** Once the first line of what was typed ahead is in the terminal. */
const waiting = 'until read -r x; do :; done; ';

it.each([false, true])('runs nothing that was typed before the text came (line that is checked: %s)', async (checked) => {
  const { pty, text, greetings, ended } = start(checked, waiting);
  pty.write(`go\n${ahead}`);
  await expect.poll(greetings).toBe(1);
  const { head, body, end } = checkedBootstrapText('token', helper, nonce);
  pty.write(checked ? head + body + end : bootstrapLines('token', helper, nonce));
  expect(await ended).toBe(0);
  expect(text()).toContain(`<ran ${nonce}>`);
  expect(text()).not.toContain('<typed ahead>');
});

it.each([
  ['all but its last line', bootstrapLines('token', helper, nonce).replace(/token end\n$/, '')],
  ['its end alone', 'printf "<ran>"\ntoken end\n'],
])('runs nothing of a text of which %s came', async (_, lines) => {
  const { pty, text, greetings, ended } = start(false);
  await expect.poll(greetings).toBe(1);
  pty.write(lines + '\x04'.repeat(100));
  expect(await ended).toBe(1);
  expect(text()).not.toContain('<ran');
});
