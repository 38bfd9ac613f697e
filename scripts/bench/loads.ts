/** What is poured into the terminals: made once, the same bytes for everybody. */
import { closeSync, existsSync, openSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { folder } from './workspace.ts';

export type LoadKind = 'plain' | 'coloured' | 'repaint';
export interface Load {
  kind: LoadKind;
  title: string;
  file: string;
  bytes: number;
}

const megabyte = 1_000_000;
const sizes: Record<LoadKind, { title: string; megabytes: number }> = {
  plain: { title: 'plain lines', megabytes: 100 },
  coloured: { title: 'coloured lines (SGR)', megabytes: 50 },
  repaint: { title: 'repaint (cursor-addressed)', megabytes: 20 },
};
/** Bytes that do not repeat; the file is this over and over. */
const blockBytes = 4 * megabyte;

/** The load's file, a tenth as large where `quick`. None holds a tilde: that is the key whose echo is waited for. */
export function prepareLoad(kind: LoadKind, quick: boolean): Load {
  const { title, megabytes } = sizes[kind];
  const bytes = megabytes * megabyte * (quick ? 0.1 : 1);
  const file = path.join(folder('loads'), `${kind}-${bytes / megabyte}mb.txt`);
  if (!existsSync(file) || statSync(file).size !== bytes) write(file, kind, bytes);
  return { kind, title: `${title}, ${bytes / megabyte} MB`, file, bytes };
}

function write(file: string, kind: LoadKind, bytes: number): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, '');
  const fd = openSync(draft, 'w');
  const block = Buffer.from(makeBlock(kind), 'latin1');
  for (let written = 0; written < bytes; ) written += writeSync(fd, block, 0, Math.min(block.length, bytes - written));
  closeSync(fd);
  renameSync(draft, file);
}

function makeBlock(kind: LoadKind): string {
  const random = randomNumbers(42);
  const makeLine = { plain: plainLine, coloured: colouredLine, repaint: repaintedScreen }[kind];
  const lines: string[] = [];
  for (let length = 0; length < blockBytes; ) {
    const line = makeLine(random);
    lines.push(line);
    length += line.length;
  }
  return lines.join('').slice(0, blockBytes);
}

const words = 'scsi mpt3sas sdb logical blocks write cache enabled port phy handle link rate gigabit bond bridge route lease pool vdev scrub repaired'.split(
  ' ',
);
type Random = (below: number) => number;
const word = (random: Random) => words[random(words.length)] ?? '';
const phrase = (random: Random, count: number, between = ' ') => Array.from({ length: count }, () => word(random)).join(between);

/** As `tar -v` or `find` prints: paths of some forty characters. */
const plainLine = (random: Random) => `usr/share/${phrase(random, 3 + random(4), '/')}-${random(1000)}.txt\n`;

/** As a coloured log: basic, 256 and true colours, changing every few words. */
const colouredLine = (random: Random) =>
  `\x1b[2m${random(99_999)}\x1b[0m \x1b[1;3${1 + random(6)}m${word(random)}\x1b[0m \x1b[38;5;${16 + random(216)}m${phrase(random, 3 + random(4))}\x1b[39m ` +
  `\x1b[38;2;${random(256)};${random(256)};${random(256)}m${phrase(random, 2)}\x1b[0m\n`;

/** As `top` repaints: every row of the screen addressed, a few colours, the rest of the row erased. */
const repaintedScreen = (random: Random) =>
  Array.from({ length: 24 }, (_, row) => `\x1b[${row + 1};1H\x1b[3${random(8)}m${random(99_999)}\x1b[39m ${phrase(random, 9).slice(0, 66)}\x1b[K`).join('');

/** Numerical Recipes' linear congruential generator: the same load on every machine. */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
