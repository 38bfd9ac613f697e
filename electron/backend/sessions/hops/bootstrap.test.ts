/** The bootstrap of a hop whose line may lose characters, in a terminal of its own. */
import { expect, it } from 'vitest';
import { PtyProcess } from '../pty-process.ts';
import { bootstrapCommand } from './bootstrap.ts';

const start = () => {
  const args = ['-c', bootstrapCommand('token', true)];
  const pty = new PtyProcess({ program: 'sh', args, folder: '/', environment: { PATH: process.env.PATH ?? '' }, cols: 80, rows: 24 });
  let greetings = 0;
  pty.onData((bytes) => {
    greetings += bytes.toString('latin1').split('hello;token').length - 1;
  });
  return { pty, greetings: () => greetings, ended: new Promise<number>((resolve) => pty.onExit(({ status }) => resolve(status))) };
};

it('greets again where a text was damaged, and ends where its input ends', async () => {
  const { pty, greetings, ended } = start();
  await expect.poll(greetings).toBe(1);
  pty.write('echo damaged\ntoken end 1 2\n');
  await expect.poll(greetings).toBe(2);
  pty.write('\x04');
  expect(await ended).toBe(1);
  expect(greetings()).toBe(2);
});
