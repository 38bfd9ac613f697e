import { expect, it } from 'vitest';
import { AnswerGate } from './answer-gate.ts';
import { asksOnTheWay } from './hops/way-questions.ts';

const gate = (...shown: string[]) => {
  const made = new AnswerGate(asksOnTheWay);
  for (const text of shown) made.saw(Buffer.from(text));
  return made;
};

it('lets nothing through while nobody asks', () => {
  expect(gate().pass('id\n')).toBe('');
  expect(gate('Welcome to web1\r\n').pass('id\n')).toBe('');
  expect(gate('wren@web1:~$ ').pass('id\n')).toBe('');
  expect(gate('Password: \r\n').pass('id\n')).toBe('');
});

it('lets one answer through, up to its end, and the rest of what was typed with it not', () => {
  const asked = gate("wren@web1's pass", 'word: ');
  expect(asked.pass('ses')).toBe('ses');
  expect(asked.pass('ame\nid >/tmp/x\n')).toBe('ame\n');
  expect(asked.pass('id\n')).toBe('');
  asked.saw(Buffer.from(' '));
  expect(asked.pass('id\n')).toBe('');
  asked.saw(Buffer.from("\r\nPermission denied, please try again.\r\nwren@web1's password: "));
  expect(asked.pass('again\n')).toBe('again\n');
});

it('stays open over the echo of what is typed, and shuts when the question is gone', () => {
  const asked = gate('web1 login: ');
  expect(asked.pass('w')).toBe('w');
  asked.saw(Buffer.from('w'));
  expect(asked.pass('ren\r')).toBe('ren\r');
  asked.saw(Buffer.from('ren\r\n'));
  expect(asked.pass('id\r')).toBe('');
});

it.each([
  "wren@10.0.0.1's password: ",
  '(wren@web1) Password: ',
  '(wren@web1) Duo: passcode or option (1-3): ',
  "Enter passphrase for key '/home/w/.ssh/id': ",
  'Are you sure you want to continue connecting (yes/no/[fingerprint])? ',
  "Please type 'yes', 'no' or the fingerprint: ",
  '[sudo on web1] password for wren: ',
  'Passwort: ',
  'Mot de passe : ',
  'doas (wren@web1) password: ',
  'web1 login: ',
  'Retype new password: ',
  'Choose identity to authenticate as (1-2): ',
  'Press ENTER to continue',
])('takes %j for a question of the way', (line) => {
  expect(gate(`before\r\n\x1b[1m${line}`).pass('x')).toBe('x');
});

it.each(['[2.7.2-RELEASE][root@fw.home]/root: ', 'fw# ', '$ ', 'Enter an option: ', 'Shell> ', 'the password: was wrong', '> ', 'loading: 3 %'])(
  'does not take %j for one',
  (line) => {
    expect(gate(line).pass('x')).toBe('');
  },
);
