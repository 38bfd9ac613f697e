import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { outsideTexts } from './outside-events.ts';
import { OutsideNames } from './outside-names.ts';
import { OutsideStream } from './outside-stream.ts';

const esc = '\x1b';
const colour = new RegExp(`${esc}\\[[\\d;]*m`, 'g');
const someNames = () => {
  const names = new OutsideNames();
  names.learn('host', 'ws7.corp.example.org');
  names.learn('user', 'anna');
  return names;
};
const throughStream = (pieces: readonly string[], names = someNames()) => {
  const stream = new OutsideStream((word) => names.replace(word));
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
};

describe('OutsideNames', () => {
  it.each([
    ['anna@ws7:~$ ls /home/anna', 'user-1@host-1:~$ ls /home/user-1'],
    ['ws7.corp.example.org and ws7', 'host-1 and host-1'],
    ['\x1b[01;32manna@ws7\x1b[00m:\x1b[34m~\x1b[0m$', '\x1b[01;32muser-1@host-1\x1b[00m:\x1b[34m~\x1b[0m$'],
    ['\x1b]0;anna@ws7: ~\x07', '\x1b]0;user-1@host-1: ~\x07'],
    ['annabel hannah ws70', 'annabel hannah ws70'],
    ['10.0.0.7 10.0.0.70, 10.0.0.7:22 and http://10.0.0.7/x.', '192.0.2.1 192.0.2.2, 192.0.2.1:22 and http://192.0.2.1/x.'],
    ['Firmware 7.39.02.00, NVDATA 20.00.07.00, 1.2.3.4.5 and 999.1.1.1', 'Firmware 7.39.02.00, NVDATA 20.00.07.00, 1.2.3.4.5 and 999.1.1.1'],
    ['localhost 127.0.0.1 127.0.1.1 ::1 :: 0.0.0.0 255.255.255.0 root@localhost', 'localhost 127.0.0.1 127.0.1.1 ::1 :: 0.0.0.0 255.255.255.0 root@localhost'],
    ['fe80::1ff:fe23:4567:890a%eth0 FE80::1FF:FE23:4567:890A', '2001:db8::1%eth0 2001:db8::1'],
    ['2a01:4f8:1:2:3:4:5:6: up', '2001:db8::1: up'],
    ['::ffff:10.0.0.7', '2001:db8::1'],
    ['at 12:34:56, std::string, a::b::c', 'at 12:34:56, std::string, a::b::c'],
    ['link/ether 52:54:00:ab:cd:ef 52-54-00-AB-CD-EF brd ff:ff:ff:ff:ff:ff', 'link/ether 00:00:5e:00:53:01 00:00:5e:00:53:01 brd ff:ff:ff:ff:ff:ff'],
    [
      'SAS 5782bcb-0-1234-5600 500605b0:02a1b2c3 50:06:05:b0:02:a1:b2:c3 0x5782bcb012345600',
      'SAS 5782bcb-0-1234-5600 500605b0:02a1b2c3 50:06:05:b0:02:a1:b2:c3 0x5782bcb012345600',
    ],
  ])('makes %j %j', (text, outside) => {
    expect(throughStream([text])).toBe(outside);
    expect(someNames().replace(text.replaceAll(colour, ' '))).toBe(outside.replaceAll(colour, ' '));
  });

  it.each([
    ['bert@db2.lan:~$', ['bert', 'db2.lan', 'db2']],
    ['/home/carla/x', ['carla']],
    ['root@db2', ['db2']],
    ['getty@tty1.service zod@4.6.7 dora@10.0.0.7', []],
  ])('learns from %j', (word, expected) => {
    const names = new OutsideNames();
    for (const each of word.split(' ')) names.discover(each);
    names.replace(`bert carla dora db2.lan db2 getty tty1 zod root`);
    expect(names.replacements.map(({ from }) => from).sort()).toEqual([...expected].sort());
  });

  it('counts what it replaced', () => {
    const names = someNames();
    expect(outsideTexts({ a: ['anna', { b: 'anna 10.0.0.7' }], n: 1, none: null }, names)).toEqual({
      a: ['user-1', { b: 'user-1 192.0.2.1' }],
      n: 1,
      none: null,
    });
    expect(names.replacements).toEqual([
      { kind: 'user', from: 'anna', to: 'user-1', count: 2 },
      { kind: 'ipv4', from: '10.0.0.7', to: '192.0.2.1', count: 1 },
    ]);
  });

  it('gives every address one of its own, also a thousand of them', () => {
    const names = new OutsideNames();
    const addresses = Array.from({ length: 1000 }, (_, index) => `10.1.${index >> 8}.${index & 255}`);
    expect(new Set(names.replace(addresses.join(' ')).split(' ')).size).toBe(1000);
  });

  it('finds the same however the output was cut into pieces', () => {
    const part = fc.constantFrom(
      'anna',
      'ws7',
      '@',
      '10.0.0.7',
      '10.0.0.',
      '7',
      'fe80::1',
      ':',
      '52:54:00:ab:cd:ef',
      '\x1b[01;32m',
      '\x1b]0;',
      '\x07',
      '\x1b',
      '[',
      'm',
      ' ',
      '\r\n',
      '7.39.02.00',
      '界',
      '/home/',
      '.',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.array(fc.nat(60), { maxLength: 12 }), (parts, cuts) => {
        const text = parts.join('');
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((to, index) => text.slice(at[index], to));
        expect(throughStream(pieces)).toBe(throughStream([text]));
      }),
      { numRuns: rounds({ test: 300, soak: 5_000 }) },
    );
  });
});
