import { expect, it } from 'vitest';
import { cmd, commandFileLines, quoteForCmd, renderCommandPrompt } from './command-prompt.ts';
import { renderText } from './planner.ts';
import { sh } from './script.ts';

it.each([
  ['C:\\Windows', 'C:\\Windows'],
  ['', '""'],
  ['C:\\Program Files', '"C:\\Program Files"'],
  ['a&b|c^d<e>f(g)', '"a&b|c^d<e>f(g)"'],
  ['a=b,c;d', '"a=b,c;d"'],
])('quotes %j', (value, wanted) => {
  expect(quoteForCmd(value, 'prompt')).toBe(wanted);
  expect(quoteForCmd(value, 'file')).toBe(wanted);
});

it('doubles a percent sign in a file, and refuses it at the prompt', () => {
  expect(quoteForCmd('50%PATH%', 'file')).toBe('"50%%PATH%%"');
  expect(() => quoteForCmd('%PATH%', 'prompt')).toThrow('can’t be quoted there');
});

it.each(['a"b', 'a\nb', 'Gerät', '/s', 'My files\\', 'wow!', 'a\u0007'])('refuses %j, by name', (value) => {
  for (const readBy of ['prompt', 'file'] as const) expect(() => quoteForCmd(value, readBy)).toThrow(JSON.stringify(value));
});

it('leaves the fixed text of a line alone, and quotes what is put in', () => {
  expect(renderCommandPrompt(cmd`rstrui /offline:${'D:\\Windows'}=active & echo %ERRORLEVEL%`, 'prompt')).toBe(
    'rstrui /offline:D:\\Windows=active & echo %ERRORLEVEL%',
  );
  expect(commandFileLines([cmd`@echo off`, cmd`echo ${'a & b'} ${3}`])).toEqual(['@echo off', 'echo "a & b" 3']);
  expect(() => renderCommandPrompt(cmd`echo ${'x'.repeat(8200)}`, 'file')).toThrow('longer than 8191');
  expect(() => renderCommandPrompt(cmd`echo ü`, 'file')).toThrow('outside ASCII');
});

it('is typed by hand line by line, played by the lab’s script, and refused where there is a shell', () => {
  const lines = { dialect: 'cmd', lines: [cmd`cd /d ${'D:\\a b'}`, cmd`dir`], lab: sh`ls` } as const;
  const rendering = { rehearsal: false, mapFile: (path: string) => path };
  expect(renderText(lines, { ...rendering, byHand: true })).toEqual({ script: 'cd /d "D:\\a b"\ndir', typed: null });
  expect(renderText(lines, { ...rendering, rehearsal: true }).script).toBe('ls');
  expect(() => renderText(lines, rendering)).toThrow('Windows command prompt');
});
