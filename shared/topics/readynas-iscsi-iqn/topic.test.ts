import { describe, expect, it } from 'vitest';
import { withInitiators } from './ietd-conf.ts';
import { iqnFaults, namesIn } from './iqn.ts';
import { labPassword, labWanted } from './lab.ts';
import { misfit, parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';
import { parseWanted, wantedText } from './wanted.ts';

describe('a name of RFC 3720, 3722 and 3980', () => {
  it.each([
    // Examples of the RFCs, and of initiators.
    'iqn.2001-04.com.example:storage:diskarrays-sn-a8675309',
    'iqn.2001-04.com.example',
    'iqn.2001-04.com.example:storage.tape1.sys1.xyz',
    'iqn.1993-08.org.debian:01:86f3a1b9c0de',
    'iqn.1991-05.com.microsoft:host',
    'iqn.1998-01.com.vmware:esx1-5f2c',
    'eui.02004567a425678d',
    'naa.52004567ba64678d',
    'naa.62004567ba64678d0123456789abcdef',
    'iqn.2001-04.org.例え:ディスク',
    `iqn.2001-04.com.example:${'a'.repeat(199)}`,
  ])('%s is one', (name) => expect(iqnFaults(name)).toEqual([]));
  it.each([
    ['iqn.com.netgear:nas', 'year and month'],
    ['iqn.2010-00.com.example', 'no month 00'],
    ['iqn.2010-13.com.example', 'no month 13'],
    ['iqn.201-05.com.example', 'year and month'],
    ['iqn.2010-05', 'domain name'],
    ['iqn.2010-05.:disk', 'domain name'],
    ['iqn.2010-05.com..example', 'empty'],
    ['iqn.2010-05.com.-example', 'hyphen'],
    ['iqn.2010-05.com.example:my_disk', 'underscore'],
    ['iqn.2010-05.com.example:my disk', 'a blank'],
    ['iqn.2010-05.com.example:a;b', '“;”'],
    ['iqn.2010-05.com.example:Disk', 'capitals'],
    [`iqn.2001-04.com.example:${'a'.repeat(200)}`, '223 bytes'],
    [`iqn.2001-04.com.example:${'ä'.repeat(100)}`, '223 bytes'],
    ['eui.02004567a425678', '16 hexadecimal'],
    ['naa.52004567ba64678d0', '16 or 32'],
    ['nas.disk1', 'does not begin'],
    ['', 'does not begin'],
  ])('%j is none: %s', (name, why) => expect(iqnFaults(name).join(' ')).toContain(why));
  it('is found in lines of any spelling', () =>
    expect(namesIn('InitiatorName=iqn.2010-05.com.example:a, "eui.02004567a425678d" xiqn.2 ALL')).toEqual([
      'iqn.2010-05.com.example:a',
      'eui.02004567a425678d',
    ]));
});

describe('the list', () => {
  it('is read, and written again', () => expect(wantedText(parseWanted(labWanted))).toBe(labWanted));
  it('takes comments, other line ends and doubles', () =>
    expect(parseWanted('# mine\r\ntarget a\r\n\tX  iqn.2010-05.com.example:a \r\nX iqn.2010-05.com.example:a')).toEqual([
      { target: 'a', line: 'X iqn.2010-05.com.example:a' },
    ]));
  it.each([
    ['X iqn.2010-05.com.example:a', 'Line 1: begin with'],
    ['Target a\nIncomingUser mac secret', 'Line 2: leave lines with a user'],
    ['Target a\noutgoinguser iqn.x secret', 'Line 2: leave lines with a user'],
    ['Target a\nLun 0 Path=/e/a', 'Line 2: a wanted line names'],
    ['Target a\nX iqn.2010-05.com.example:a \\', 'Line 2: a line that continues on'],
  ])('is refused as %j', (text, why) => expect(() => parseWanted(text)).toThrow(why));
  it.each(['X', 'Target a\nX iqn.a\u0007'])('is not taken as %j', (wanted) => expect(parameters.safeParse({ wanted }).success).toBe(false));
});

it.each(['', 'Target a', '# none'])('the list %j is enough for a check, and for no run', (wanted) => {
  const values = parameters.parse({ wanted });
  expect([misfit(values)?.field, steps(values).map(({ kind, id }) => [kind, id])]).toEqual(['wanted', [['command', 'look']]]);
});

describe('ietd.conf', () => {
  const wanted = [
    { target: 'a', line: 'X iqn.2010-05.com.example:1' },
    { target: 'a', line: 'X iqn.2010-05.com.example:2' },
  ];
  it.each([
    [
      'behind the settings, with their indent',
      'Target a\n\tLun 0 Path=/e/a\n\tHeaderDigest CRC32,None\n\tIncomingUser u p\nTarget b\n Lun 0 Path=/e/b\n',
      'Target a\n\tLun 0 Path=/e/a\n\tHeaderDigest CRC32,None\n\tX iqn.2010-05.com.example:1\n\tX iqn.2010-05.com.example:2\n\tIncomingUser u p\nTarget b\n Lun 0 Path=/e/b\n',
    ],
    [
      'only what is missing',
      'Target a\n Lun 0 Path=/e/a\n X   iqn.2010-05.com.example:2\n',
      'Target a\n Lun 0 Path=/e/a\n X iqn.2010-05.com.example:1\n X   iqn.2010-05.com.example:2\n',
    ],
    ['into a target without settings', '# Target a\ntarget a', '# Target a\ntarget a\n X iqn.2010-05.com.example:1\n X iqn.2010-05.com.example:2\n'],
    [
      'behind a line that goes on, with the line ends of the file',
      'Target a\r\n Lun 0 \\\r\n  Path=/e/a\r\n IncomingUser u p\r\n',
      'Target a\r\n Lun 0 \\\r\n  Path=/e/a\r\n X iqn.2010-05.com.example:1\r\n X iqn.2010-05.com.example:2\r\n IncomingUser u p\r\n',
    ],
  ])('gets lines %s, once', (_, old, then) => {
    expect(withInitiators(old, wanted)).toBe(then);
    expect(withInitiators(then, wanted)).toBe(then);
  });
  it.each([
    ['no-target', 'Target aa\n Lun 0 Path=/e/a\n'],
    ['no-target', ''],
    ['twice', 'Target a\nTarget b\nTarget a\n'],
  ])('is refused as %s', (rule, old) => expect(withInitiators(old, wanted)).toMatchObject({ rule }));
});

describe('the check', () => {
  const seen = 'target: a\nline: a | X iqn.2010-05.com.example:1\nusers=1\nread=yes\nsessions=0\n';
  const look = (output: string, wanted = 'Target a\nX iqn.2010-05.com.example:1') =>
    probe.judge({ output, exitStatus: 0 }, { ...parameters.parse({ wanted: 'Target a\nX iqn.a' }), wanted });
  it.each([
    ['already-fixed', seen],
    ['affected', seen.replace(/^line.*\n/m, '')],
    ['affected', seen.replaceAll('a | X', 'b | X')],
    ['unknown', 'read=no\nsessions=unknown\n'],
    ['unknown', ''],
    ['not-affected', 'read=no\nlio=yes\n'],
  ])('says %s of %j', (verdict, output) => expect(look(output)).toMatchObject({ verdict }));
  it('fills in the list from the file while there is none', () => {
    const found = look(seen, '');
    expect([found.verdict, found.proposes]).toEqual([
      'unknown',
      [expect.objectContaining({ field: 'wanted', value: 'Target a\n X iqn.2010-05.com.example:1' })],
    ]);
  });
  it('remarks on names, and finds nothing worse in them', () =>
    expect(look(seen.replaceAll('iqn.2010-05.com.example:1', 'iqn.netgear:1'), 'Target a\nX iqn.netgear:1')).toMatchObject({
      verdict: 'already-fixed',
      findings: expect.arrayContaining([expect.objectContaining({ label: 'Name', speaks: 'neither' })]),
    }));
});

it.each([` IncomingUser mac ${labPassword}`, `+\tincominguser mac ${labPassword} `, `OutgoingUser x  ${labPassword}`])('the password in %j is masked', (line) =>
  expect(topic.secretPatterns?.map((pattern) => pattern.exec(line)?.[1])).toEqual([labPassword]),
);
