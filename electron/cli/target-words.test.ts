import { expect, it } from 'vitest';
import { parseTarget } from './target-words.ts';

it.each([
  ['lab', { kind: 'lab' }],
  ['lab:no-adapter', { kind: 'lab', failure: 'no-adapter' }],
  ['local', { kind: 'local' }],
  ['ssh:stor9', { kind: 'ssh', host: 'stor9' }],
  ['ssh:greta@stor9.example.net:2222', { kind: 'ssh', host: 'stor9.example.net', user: 'greta', port: 2222 }],
  ['ssh:2001:db8::7', { kind: 'ssh', host: '2001:db8::7' }],
  ['ssh:root@[2001:db8::7]:22', { kind: 'ssh', host: '2001:db8::7', user: 'root', port: 22 }],
])('reads %s', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

it('reads how root is reached', () => {
  expect(parseTarget('ssh:stor9', 'doas')).toEqual({ kind: 'ssh', host: 'stor9', root: 'doas' });
});

it.each([
  '',
  'lab:',
  'attic',
  'local:here',
  'ssh',
  'ssh:',
  'ssh:-oProxyCommand=x',
  'ssh:-l@stor9',
  'ssh:stor 9',
  'ssh:stor9:0',
  'ssh:stor9:99999',
  'ssh:a@b@c',
])('refuses "%s"', (text) => {
  expect(() => parseTarget(text)).toThrow(/There is no target/);
});

it('refuses a way to root that is none, and any in the lab', () => {
  expect(() => parseTarget('ssh:stor9', 'magic')).toThrow(/root by "magic"/);
  expect(() => parseTarget('lab', 'sudo')).toThrow(/root by "sudo"/);
});
