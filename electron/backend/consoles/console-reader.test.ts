import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsoleReader } from './console-reader.ts';
import { consoleText, echoText } from './console-text.ts';
import { arrayCli } from './dialects/array-cli.ts';
import type { ConsoleDialect } from './dialects/console-dialect.ts';
import { grub } from './dialects/grub.ts';
import { login } from './dialects/login.ts';
import { uefiShell } from './dialects/uefi-shell.ts';

/** As OVMF 2022.11 sent it on its serial line. */
const uefi = {
  boot:
    '\x1b[2J\x1b[01;01H\x1b[=3h\x1b[2J\x1b[01;01HBdsDxe: loading Boot0002 "EFI Internal Shell" from Fv(7CB8BDC9)\r\n\x1b[2J\x1b[01;01H\x1b[01;01HUEFI Interactive Shell v2.2\r\nEDK II\r\n' +
    '\x1b[09;01HPress \x1b[1m\x1b[37m\x1b[40mESC\x1b[0m\x1b[37m\x1b[40m in 5 seconds to skip \x1b[1m\x1b[33m\x1b[40mstartup.nsh\x1b[0m\x1b[37m\x1b[40m or any other key to continue.',
  prompt: '\r\n\x1b[10;01H\x1b[1m\x1b[33m\x1b[40mShell> \x1b[0m\x1b[37m\x1b[40m',
  folder: '\x1b[18;12H\x1b[18;12H0\x1b[18;13H\r\n\x1b[19;01H\x1b[1m\x1b[33m\x1b[40mFS0:\\P07\\> \x1b[0m\x1b[37m\x1b[40m',
  pager: "line 48\r\nPress ENTER to continue or 'Q' break:\x1b[1m\x1b[33m\x1b[40m\x1b[0m\x1b[37m\x1b[40m",
  echo: '\x1b[10;08Hm\x1b[10;09H\x1b[10;09Ha\x1b[10;10H\x1b[10;10Hp\x1b[10;11H\x1b[10;11H \x1b[10;12H\x1b[10;12H-\x1b[10;13H\x1b[10;13Hb\x1b[10;14H',
};
const read = (dialect: ConsoleDialect, bytes: string | Buffer) => {
  const reader = new ConsoleReader(dialect);
  reader.feed(Buffer.from(bytes as string));
  return reader;
};

describe('where a console stands', () => {
  it.each<[string, ConsoleDialect, string | Buffer, unknown]>([
    ['a countdown', uefiShell, uefi.boot, { at: 'countdown', answer: '\x1b' }],
    ['the shell', uefiShell, uefi.boot + uefi.prompt, { at: 'prompt', prompt: 'Shell> ' }],
    ['a folder', uefiShell, uefi.folder, { at: 'prompt', prompt: 'FS0:\\P07\\> ' }],
    ['a page', uefiShell, uefi.pager, { at: 'pager', answer: '\r' }],
    ['the same in UCS-2', uefiShell, Buffer.from('\r\nShell> ', 'utf16le'), { at: 'prompt', prompt: 'Shell> ' }],
    [
      'garbage before a prompt',
      uefiShell,
      Buffer.concat([Buffer.from([0xff, 0xc3, 0x28, 0x00, 0xe2, 0x82]), Buffer.from('\r\nShell> ')]),
      { at: 'prompt', prompt: 'Shell> ' },
    ],
    ['garbage that begins a sequence', grub, '\x1b]0;\r\ngrub> ', { at: 'prompt', prompt: 'grub> ' }],
    ['a typed character after the prompt', grub, 'grub> l', null],
    ['text that only looks like one', uefiShell, '2 > 1 and so it says> ', null],
    ['the rescue line', grub, '\r\ngrub rescue> ', { at: 'prompt', prompt: 'grub rescue> ' }],
    ['login', login, 'Debian 12 box ttyS0\r\n\r\nbox login: ', { at: 'user' }],
    ['a password', login, 'box login: root\r\nPassword: ', { at: 'password' }],
    ['a root shell', login, '\x1b[?2004hroot@box:~# ', { at: 'prompt', prompt: 'root@box:~# ' }],
    ['an array', arrayCli, '\r\n# ', { at: 'prompt', prompt: '# ' }],
    ['a page of it', arrayCli, 'row\r\nPress any key to continue (Q to quit)', { at: 'pager', answer: ' ' }],
  ])('%s', (_, dialect, bytes, state) => {
    expect(read(dialect, bytes).state()).toEqual(state);
  });

  it('is the same in whatever pieces the bytes come', () => {
    const all = Buffer.from(`${uefi.boot}${uefi.prompt}${uefi.echo}\r\nGrüße – ünï\r\n${uefi.pager}\r\r\nmore${uefi.folder}`);
    const whole = read(uefiShell, all);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const reader = new ConsoleReader(uefiShell);
        let restarts = 0;
        for (let at = 0, piece = 0; at < all.length; piece++) {
          const size = sizes[piece % sizes.length] ?? 1;
          reader.feed(all.subarray(at, at + size));
          reader.state();
          if (reader.restarted) restarts += 1;
          at += size;
        }
        expect(reader.state()).toEqual(whole.state());
        expect(reader.text).toBe(whole.text);
        expect(restarts).toBeGreaterThan(0);
      }),
    );
  });

  it('keeps the end of an endless output', () => {
    const reader = new ConsoleReader(grub);
    for (let time = 0; time < 20; time++) reader.feed(Buffer.alloc(1024 * 1024, 'x\n'));
    reader.feed(Buffer.from('grub> '));
    expect(reader.state()).toEqual({ at: 'prompt', prompt: 'grub> ' });
    expect(reader.text.length).toBeLessThan(9 * 1024 * 1024);
  });
});

describe('consoleText', () => {
  it('reads a line that is written over from its first column', () => {
    expect(consoleText('\x1b[09;01Hin 5 seconds\x1b[09;01Hin 4 seconds')).toBe('in 4 seconds');
  });
  it('is not misled by a sequence that is cut off', () => {
    expect(consoleText('grub> \x1b[3')).toBe('grub> ');
  });
});

describe('echoText', () => {
  it.each([
    ['the UEFI shell', uefi.echo, 'map -b'],
    ['a line wrapped by readline', 'echo aaaa \rbbbb', 'echo aaaabbbb'],
    ['a line wrapped by the firmware', 'echo aa\r\nbb', 'echo aabb'],
    ['a character taken back', 'ab\b \bc', 'ac'],
    ['a lost space', 'rm-r', 'rm-r'],
  ])('%s', (_, raw, text) => expect(echoText(raw)).toBe(text));
});
