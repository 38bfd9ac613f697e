import { expect, it } from 'vitest';
import { isOwnQuestion, sshAsksIn } from './own-question.ts';

const asks = sshAsksIn('host web\nuser wren\nhostname 10.0.0.7\nport 22\n', 'web');
const ssh = { kind: 'ssh', host: 'web' } as const;

it('reads as whom and where ssh asks', () => {
  expect(asks).toEqual({ user: 'wren', hosts: ['10.0.0.7', 'web'] });
  expect(sshAsksIn('user wren\r\nhostname 10.0.0.7\r\nhostkeyalias web1\r\n', 'web')).toEqual({ user: 'wren', hosts: ['web1'] });
  expect(sshAsksIn('', 'web')).toBe(null);
});

it.each(["wren@10.0.0.7's password: ", "wren@web's password: ", '(wren@10.0.0.7) Password: ', '(wren@10.0.0.7) Passwort: '])('%j is ssh’s own', (line) => {
  expect(isOwnQuestion(ssh, line, asks)).toBe(true);
  expect(isOwnQuestion(ssh, line, null)).toBe(false);
});

it.each([
  'Password: ',
  'wren@10.0.0.7 password: ',
  "root@10.0.0.7's password: ",
  "wren@jump's password: ",
  "Welcome wren@10.0.0.7's password: ",
  '(wren@10.0.0.7) Verification code: ',
  '(wren@10.0.0.7) New password: ',
  '[sudo on web] password for wren: ',
  "Enter passphrase for key '/k': ",
])('%j is not', (line) => {
  expect(isOwnQuestion(ssh, line, asks)).toBe(false);
});

it.each([
  [{ kind: 'sudo' }, '[sudo on web] password for wren: ', true],
  [{ kind: 'sudo' }, 'Passwort: ', true],
  [{ kind: 'sudo' }, '[sudo: authenticate] Password: ', true],
  [{ kind: 'sudo' }, '[sudo: [sudo on vm] password for rsudo: ] Password:', true],
  [{ kind: 'sudo' }, 'tea [sudo: authenticate] Password: ', false],
  [{ kind: 'sudo' }, 'Verification code: ', false],
  [{ kind: 'sudo' }, 'tea [sudo on web] password for wren: ', false],
  [{ kind: 'sudo' }, "wren@10.0.0.7's password: ", false],
  [{ kind: 'doas' }, 'doas (wren@web) password: ', true],
  [{ kind: 'su' }, 'Password: ', true],
  [{ kind: 'su' }, 'New password: ', false],
  [{ kind: 'su' }, '[sudo on web] password for wren: ', false],
  [{ kind: 'docker', container: 'x' }, 'Password: ', false],
] as const)('where %j is due, %j: %s', (way, line, own) => {
  expect(isOwnQuestion(way, line, asks)).toBe(own);
});
