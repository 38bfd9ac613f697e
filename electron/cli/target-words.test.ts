import { expect, it } from 'vitest';
import { parseTarget } from './target-words.ts';

it.each([
  ['lab', { kind: 'lab' }],
  ['lab:no-adapter', { kind: 'lab', failure: 'no-adapter' }],
  ['local', { kind: 'local' }],
  ['stor9', { kind: 'book', id: 'stor9' }],
  ['rack-2-left', { kind: 'book', id: 'rack-2-left' }],
  ['book:lab', { kind: 'book', id: 'lab' }],
  ['ssh:stor9', { kind: 'ssh', host: 'stor9' }],
  ['ssh:greta@stor9.example.net:2222', { kind: 'ssh', host: 'stor9.example.net', user: 'greta', port: 2222 }],
  ['ssh:2001:db8::7', { kind: 'ssh', host: '2001:db8::7' }],
  ['ssh:admin@corp.example.com@web1', { kind: 'ssh', host: 'web1', user: 'admin@corp.example.com' }],
  ['ssh:a@b@c', { kind: 'ssh', host: 'c', user: 'a@b' }],
  ['ssh:CORP\\admin@web1:2222', { kind: 'ssh', host: 'web1', user: 'CORP\\admin', port: 2222 }],
  ['ssh:CORP+admin@web1', { kind: 'ssh', host: 'web1', user: 'CORP+admin' }],
  [
    'ssh:admin@corp.example@[fe80::5054:ff:fe12:3456:789a:1%enp0s31f6]:22022',
    { kind: 'ssh', host: 'fe80::5054:ff:fe12:3456:789a:1%enp0s31f6', user: 'admin@corp.example', port: 22_022 },
  ],
  ['ssh:root@2001:0db8:85a3:0000:0000:8a2e:0370:7334', { kind: 'ssh', host: '2001:0db8:85a3:0000:0000:8a2e:0370:7334', user: 'root' }],
  ['ssh:prod/web1', { kind: 'ssh', host: 'prod/web1' }],
  ['ssh:münchen', { kind: 'ssh', host: 'münchen' }],
  ['ssh:root@[2001:db8::7]:22', { kind: 'ssh', host: '2001:db8::7', user: 'root', port: 22 }],
])('reads %s', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

it.each([
  ['console:/dev/ttyUSB0', undefined, { way: { by: 'serial', device: '/dev/ttyUSB0', speed: 115_200 }, dialect: 'uefi-shell' }],
  ['console:/dev/ttyS0,9600', 'login', { way: { by: 'serial', device: '/dev/ttyS0', speed: 9600 }, dialect: 'login' }],
  ['console:fifo:/run/vm/serial', undefined, { way: { by: 'fifo', path: '/run/vm/serial' }, dialect: 'uefi-shell' }],
  ['console:ipmi:admin@bmc-9.example', undefined, { way: { by: 'ipmi', host: 'bmc-9.example', user: 'admin' }, dialect: 'uefi-shell' }],
  ['console:ipmi:admin@[2001:db8::7]:624', undefined, { way: { by: 'ipmi', host: '2001:db8::7', user: 'admin', port: 624 }, dialect: 'uefi-shell' }],
  ['console:virsh:web1', 'login', { way: { by: 'virsh', domain: 'web1' }, dialect: 'login' }],
  [
    'console:virsh:web1,qemu+ssh://root@host/system',
    'login',
    { way: { by: 'virsh', domain: 'web1', connection: 'qemu+ssh://root@host/system' }, dialect: 'login' },
  ],
  ['console:xl:db2', 'login', { way: { by: 'xl', domain: 'db2' }, dialect: 'login' }],
  ['console:rack-2-left', undefined, { entry: 'rack-2-left' }],
])('reads %s', (text, dialect, console) => {
  expect(parseTarget(text, undefined, dialect)).toEqual({ kind: 'console', console });
});

it.each([
  ['console:', undefined, /not a path to a console/],
  ['console:/dev/ttyS0,42', undefined, /speed/],
  ['console:/etc/passwd', undefined, /below \/dev\//],
  ['console:ipmi:bmc', undefined, /host|user/],
  ['console:xl:-t', undefined, /name of a virtual machine/],
  ['console:sh:-c', undefined, /not a path to a console/],
  ['console:/dev/ttyS0', 'klingon', /of the type "klingon"/],
  ['console:rack-2', 'login', /already has a dialect/],
  ['local', 'login', /Only a console has a dialect/],
])('refuses %s with %s', (text, dialect, message) => {
  expect(() => parseTarget(text, undefined, dialect)).toThrow(message);
});

it('reads how root is reached', () => {
  expect(parseTarget('ssh:stor9', 'doas')).toEqual({ kind: 'ssh', host: 'stor9', root: 'doas' });
});

it.each([
  '',
  'lab:',
  'attic:9',
  'Attic',
  'local:here',
  'ssh',
  'ssh:',
  'ssh:-oProxyCommand=x',
  'ssh:-l@stor9',
  'ssh:stor 9',
  'ssh:stor9:0',
  'ssh:stor9:99999',
  'ssh:@web1',
  'ssh:root@',
  'ssh:DOMAIN\\@web1',
  'ssh:ssh://web1',
  'ssh:web1;reboot',
  'ssh:$(x)',
])('refuses "%s"', (text) => {
  expect(() => parseTarget(text)).toThrow(/There is no target/);
});

it('refuses a way to root that is none, and any in the lab', () => {
  expect(() => parseTarget('ssh:stor9', 'magic')).toThrow(/root by "magic"/);
  expect(() => parseTarget('lab', 'sudo')).toThrow(/root by "sudo"/);
});
