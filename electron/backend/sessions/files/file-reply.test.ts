import { describe, expect, test } from 'vitest';
import { FileReply } from './file-reply.ts';

function read(text: string, size = 1000) {
  const words: string[] = [];
  const reply = new FileReply('wb-1', 100, (word, value) => words.push(`${word}=${value}`));
  for (let at = 0; at < text.length; at += size) reply.push(Buffer.from(text.slice(at, at + size)));
  return { words, content: reply.take().toString() };
}
const said = 'noise\r\nwb-1 is -rw 1\r\nwb-1 data\r\n 61 62\r\n 63\r\nwb-1 sum 1 2\r\nwb-2 sum 9 9\r\nwb-1 end \r\n';

const inBase64 = (content: string) => said.replace(/ data.*63/s, ` data base64\r\n${content.match(/.{1,4}/g)?.join('\r\n')}`);

describe('FileReply', () => {
  test('is the same for every way it is cut', () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const wanted = { words: ['is=-rw 1', 'sum=1 2', 'end='], content: 'abc' };
      expect(read(said, size)).toEqual(wanted);
      expect(read(inBase64('YWJj'), size)).toEqual(wanted);
      for (const content of ['a', 'ab', 'abcd', 'wb wb wb', 'nothing but wb']) {
        expect(read(inBase64(Buffer.from(content).toString('base64')), size)).toEqual({ ...wanted, content });
      }
    }
  });
  test('refuses in base64 what is none, and more than there may be', () => {
    expect(() => read('wb-1 data base64\nYWJj\nmessage - from root\n')).toThrow(/garbled/);
    expect(() => read(`wb-1 data base64\n${'YWJj'.repeat(40)}`)).toThrow(/grows/);
  });
  test('finds a line that something else began', () => expect(read('[1] donewb-1 end \r\n').words).toEqual(['end=']));
  test('refuses what is no byte, and more than there may be', () => {
    expect(() => read('wb-1 data\n 61 message from root\n')).toThrow(/garbled/);
    expect(() => read(`wb-1 data\n${'61 '.repeat(101)}`)).toThrow(/grows/);
  });
});
