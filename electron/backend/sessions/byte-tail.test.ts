import { expect, test } from 'vitest';
import { ByteTail } from './byte-tail.ts';

test('keeps the last bytes, whatever the sizes of the pieces', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const tail = new ByteTail(10);
    let all = '';
    for (let piece = 0; piece < 12; piece++) {
      const text = String.fromCharCode(97 + piece).repeat((seed * 7 + piece * piece * 3) % 25);
      all += text;
      tail.push(Buffer.from(text));
      expect(tail.last().toString()).toBe(all.slice(-10));
      expect(tail.last(4).toString()).toBe(all.slice(-4));
      expect(tail.total).toBe(all.length);
    }
  }
});

test('is empty at first', () => {
  expect(new ByteTail(10).last()).toHaveLength(0);
});

test('what it gave out stays as it was', () => {
  const tail = new ByteTail(4);
  tail.push(Buffer.from('abcd'));
  const last = tail.last();
  tail.push(Buffer.from('wxyz'));
  expect(last.toString()).toBe('abcd');
});
