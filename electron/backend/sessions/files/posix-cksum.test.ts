import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { posixCksum } from './posix-cksum.ts';

test.each([0, 1, 2, 255, 256, 65_535, 65_536, 100_003])('is what cksum says of %i bytes', (size) => {
  const content = randomBytes(size);
  expect(posixCksum(content)).toBe(execFileSync('cksum', { input: content }).toString().trim());
});
