import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { file, quote, renderScript, sh } from './script.ts';

const same = (path: string) => path;
const run = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8' });
/** What a terminal line can carry: no control characters but tab and line break, no lone surrogates. */
const carried = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text.replaceAll(/[\t\n]/g, '')));

describe('sh', () => {
  it('gives a program exactly the value, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(carried, { minLength: 1, maxLength: 5 }), (values) => {
        const script = renderScript(sh`printf '<%s>' ${values}`, same);
        expect(run(script)).toBe(values.map((value) => `<${value}>`).join(''));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['; rm -rf /', '$(reboot)', '`reboot`', "it's", '"', '\\', '*', '~', '$HOME', '-rf', '=x', '', 'a\nb', '!!', '#'])(
    'keeps %j a single word',
    (value) => {
      expect(run(renderScript(sh`for word in ${value}; do printf '<%s>' "$word"; done`, same))).toBe(`<${value}>`);
    },
  );

  it('leaves plain words as people write them', () => {
    expect(renderScript(sh`cp ${'a.bin'} ${'/mnt/P07/2118it.bin'} ${7}`, same)).toBe('cp a.bin /mnt/P07/2118it.bin 7');
  });

  it('puts scripts into scripts without quoting them again', () => {
    const inner = sh`test -e ${'a b'}`;
    expect(renderScript(sh`${inner} && echo ${'yes'}`, same)).toBe("test -e 'a b' && echo yes");
  });

  it('maps files of the target, and takes no path for an option', () => {
    expect(renderScript(sh`cat ${file('/etc/x y')}`, (path) => `root${path}`)).toBe("cat 'root/etc/x y'");
    expect(renderScript(sh`cat ${file('-n')}`, same)).toBe('cat ./-n');
  });

  it.each(['\x03', '\x1b[31m', 'a\rb', '\x7f', '\0'])('refuses the control characters in %j', (value) => {
    expect(() => quote(value)).toThrow(TypeError);
  });
});
