import { expect, it } from 'vitest';
import { foundFiles } from './found-files.ts';

it('are the lines that are paths, sorted, each once', () =>
  expect(foundFiles('/etc/b x.conf\nlooked at 2\n/etc/a.conf\n/etc/b x.conf\n', '')).toEqual({
    files: [
      { file: '/etc/a.conf', place: '/etc/a.conf' },
      { file: '/etc/b x.conf', place: '/etc/b x.conf' },
    ],
  }));
it('are named without the root of a rehearsal', () =>
  expect(foundFiles('root/etc/a\n/etc/b\n', 'root')).toEqual({ files: [{ file: '/etc/a', place: 'root/etc/a' }] }));
it.each(['/etc/a\u0001', '/etc/', '/etc/../b', '/etc/\ufffd'])('refuses %j', (line) => expect(foundFiles(line, '')).toEqual({ unclear: line }));
