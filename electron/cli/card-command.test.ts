/** `wrenchbook cards` for a server that is typed at by hand: all of its lines, in their order. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Rehearsal } from '../backend/conformance/rehearsal.test-kit.ts';
import { showCards } from './card-command.ts';
import type { Surroundings } from './commands.ts';

const printed = vi.hoisted(() => [] as string[]);
vi.mock('./output.ts', () => ({ print: (text: string) => printed.push(text), tell: (text: string) => printed.push(text) }));

let runs: Rehearsal;
beforeEach(() => {
  runs = new Rehearsal();
});
afterEach(() => runs.end());

it('prints the lines of the crossflash for whoever stands in front of the server', async () => {
  const surroundings = { client: runs.client, signal: new AbortController().signal } as unknown as Surroundings;
  expect(await showCards(surroundings, 'perc-h200-crossflash', { target: ['lab'], set: ['way=hand'] })).toBe(0);
  const typed = printed
    .join('\n')
    .split('\n')
    .map((line) => line.trim());
  expect(typed.filter((line) => /^(?:sas2flash\.efi .*-[ef]|reset)/.test(line))).toEqual([
    ...['sas2flash.efi -o -e 6', 'sas2flash.efi -o -f 6GBPSAS.FW', 'sas2flash.efi -o -f 2118it.bin', 'reset', 'sas2flash.efi -o -f 2118it.bin'],
  ]);
  expect(typed[typed.lastIndexOf('sas2flash.efi -o -f 2118it.bin') - 1]).toBe('cd \\P20');
});
