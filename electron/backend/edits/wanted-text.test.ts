import { expect, it } from 'vitest';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import type { EditStep } from '../../../shared/topic-kit/index.ts';
import { options } from './edit-topic.test-kit.ts';
import { wantedText } from './wanted-text.ts';

const wanted = (old: string | Buffer, edit: EditStep['edit'] = options.edit) =>
  wantedText('/etc/app.conf', Buffer.from(old), (text) => edit(text, { name: 'x' }, '/etc/app.conf'));

it('is what the function makes of it, line ends and byte order mark and all', () => {
  expect(wanted('\ufeffa\r\nlimit = 1\r\n')).toMatchObject({ text: '\ufeffa\r\nlimit = 4096\r\n', content: Buffer.from('\ufeffa\r\nlimit = 4096\r\n') });
  expect(wanted('', (old, facts) => `${old}${facts.name}`)).toMatchObject({ text: 'x' });
});
it('keeps every byte of a text that is not UTF-8, where the step says that it may be one', () => {
  const old = Buffer.from('*Name: "Gr\xf6\xdfe"\r\n', 'latin1');
  expect(wantedText('/x.ppd', old, (text) => `${text}*a\r\n`, true)).toMatchObject({ content: Buffer.concat([old, Buffer.from('*a\r\n')]) });
  expect(wantedText('/x.ppd', Buffer.from('Grö\n'), (text) => `${text}ß`, true)).toMatchObject({ content: Buffer.from('Grö\nß') });
  expect(wantedText('/x.ppd', old, (text) => `${text}€`, true)).toMatchObject({ refusal: { rule: 'no-text' } });
});
it.each<[string, string | Buffer, EditStep['edit']]>([
  ['not-utf8', Buffer.from([0x66, 0xfc, 0x72]), (old) => old],
  ['no-text', 'a', () => '\ud800'],
  ['secret-mark', 'a', () => `password = ${secretMark}`],
  ['too-large', 'a', () => 'x'.repeat(8 * 1024 * 1024 + 1)],
  ['no-section', 'a', () => ({ rule: 'no-section', means: 'There is no section.', next: 'Add it.' })],
])('refuses %s', (rule, old, edit) =>
  expect(wanted(old, edit)).toEqual({ refusal: { rule, means: expect.stringMatching(/\.$/), next: expect.stringMatching(/\.$/) } }),
);
