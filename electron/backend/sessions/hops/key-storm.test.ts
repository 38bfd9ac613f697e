/** Whatever is typed while a way is being gone, and whatever the way shows meanwhile: nothing comes of it, and the way leads where it should. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { Session } from '../session.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-storm-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const touch = () => `touch ${path.join(folder, 'touched')}`;
const octal = (text: string) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
const shownTexts = [
  'Password: ',
  '\r\nPassword: ',
  '[sudo on web] password for wren: ',
  'web login: ',
  'some text\r\n',
  '\x1b]6973;hello;\x07',
  '\x1b[?1049h',
  '$ ',
];

it.skipIf(process.platform === 'win32')('a storm of keys on the way', async () => {
  const key = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('%touch\n', '%touch\r', '$(%touch)\n', '`%touch`', '"; %touch #\n', 'EOF\n%touch\n', '\n', '\r', '\x04', ';', '\x1b[A'),
    },
    fc.constantFrom('end\n', 'begin\n', ' begin\n', ' end\n', '_wb_text="%touch"\n', '=%touch\n', '+%touch\n', 'run\n'),
    fc.string({ maxLength: 40 }),
    fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\x03', '')),
  );
  const moments = fc.array(fc.tuple(fc.constantFrom('', ...shownTexts), fc.array(key, { maxLength: 6 })), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(moments, async (storm) => {
      const go = path.join(folder, `go-${Math.random()}`);
      const options = { helper: path.resolve('assets/helper/session.sh'), shell: ['sh'] as const, folder: '/', cols: 80, rows: 24 };
      const { session } = await Session.open({ ...options, environment: { PATH: process.env.PATH ?? '' } });
      try {
        let shown = '';
        session.onData((bytes) => (shown += bytes.toString('latin1')));
        const says = storm.map(
          ([text], moment) => `printf '<${moment}>\\n${octal(text.replaceAll('\r', ''))}'; until [ -e ${go}-${moment} ]; do sleep 0.01; done`,
        );
        const entered = session.enter('played', (command) => `trap '' INT QUIT\n${[...says, command].join('\n')}`);
        for (const [moment, [text, keys]] of storm.entries()) {
          await expect.poll(() => shown, { interval: 2, timeout: 20_000 }).toContain(`<${moment}>\r\n${text}`);
          for (const typed of keys) session.type(typed.replaceAll('%touch', touch()));
          writeFileSync(`${go}-${moment}`, '');
        }
        expect(await entered).toMatchObject({ entered: { uid: process.getuid?.() } });
        shown = '';
        expect(await session.run('echo through; exit 3')).toBe(3);
        expect(shown).toContain('through\r\n');
        expect(existsSync(path.join(folder, 'touched'))).toBe(false);
      } finally {
        await session.close();
      }
    }),
    { numRuns: rounds({ test: 12, soak: 3000 }) },
  );
});
