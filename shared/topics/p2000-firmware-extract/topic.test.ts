import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { renderScript } from '../../topic-kit/index.ts';
import { guard } from './guard.ts';
import { gzipOf, joined, tarOf } from './lab-archive.ts';
import { parameters } from './parameters.ts';
import { findPayload, otherKinds } from './payload.ts';
import { partsOf } from './pictures.ts';
import { probe } from './probe.ts';
import { topic } from './topic.ts';

const place = mkdtempSync(path.join(tmpdir(), 'wb-payload-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const sh = (script: string, input = '') => execFileSync('sh', ['-c', script], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'ignore'] });

describe('an updater', () => {
  const archive = gzipOf(tarOf([{ name: 'TS000R001.bin', content: joined('firmware') }]));
  const magic = Uint8Array.of(31, 139, 8);
  const found = (content: Uint8Array) => {
    const file = path.join(place, 'updater');
    writeFileSync(file, content);
    return sh(renderScript(findPayload(file), (name) => name));
  };
  it('of the rehearsal is what gunzip and tar read', () => {
    expect(Buffer.from(gunzipSync(archive)).toString('latin1', 0, 13)).toBe('TS000R001.bin');
    const large = Uint8Array.from({ length: 150_000 }, (_, at) => at % 251);
    expect(gunzipSync(gzipOf(large)).equals(large)).toBe(true);
  });
  it.each([
    ['at the end of the script', joined('#!/bin/sh\nexit\n', archive), 'payload=15'],
    ['behind bytes that only look like it', joined('#!/bin/sh\n', magic, 'no\n', archive), 'payload=16'],
    ['behind a script that names another place', joined('#!/bin/sh\ndd skip=8602\n', archive), 'script-says=8602'],
    ['behind 8602 bytes, as in CP020030.scexe', joined('#!/bin/sh\nskip=8602\n', '#'.repeat(8581), '\n', archive), 'payload=8602'],
    ['alone', archive, 'kind=targz'],
    ['not packed', gunzipSync(archive), 'kind=bin'],
  ])('has its archive %s', (_, content, said) => expect(found(content)).toContain(said));
  it.each([
    ['script', joined('#!/bin/sh\n', magic, 'no')],
    ['script', joined('#!/bin/sh\n', 'x'.repeat(2 ** 20), archive)],
    ['gzip', gzipOf(joined('no tar'))],
    ['exe', joined('MZ\u0090')],
    ['zip', joined('PK\u0003\u0004')],
    ['rpm', joined('\u00ed\u00ab\u00ee\u00db')],
    ['html', joined('<!DOCTYPE html>')],
    ['html', joined('<html>')],
    ['other', joined('')],
    ['other', joined('hsqs')],
  ])('that is %s is named', (kind, content) => {
    const said = found(content);
    expect([said.split('\n').includes(`kind=${kind}`), said.includes('payload='), kind in otherKinds]).toEqual([true, false, true]);
  });
});

describe('the list of an archive', () => {
  const read = (lines: readonly string[], end = 'tar-status=0') =>
    sh(`cat | ${renderScript(guard(1000), (name) => name)}`, [...lines, end, ''].join('\n'))
      .split('\n')
      .filter((line) => /^(?:refused|list|firmware|members)/.test(line));
  const gnu = (kind: string, name: string, size = '5') => `${kind}rw-r--r-- root/root ${size.padStart(9)} 2011-03-13 07:06 ${name}`;
  const bsd = (kind: string, name: string) => `${kind}rw-r--r--  0 root   wheel       5 Mar 13  2011 ${name}`;
  it.each([
    ['of GNU tar', [gnu('-', 'TS250R023.bin'), gnu('d', 'a b/'), gnu('l', 'a b/l -> ../x')]],
    ['of bsdtar', [bsd('-', 'TS250R023.bin'), bsd('d', 'a b/'), bsd('l', 'a b/l -> ../x')]],
  ])('%s is clean', (_, lines) => expect(read(lines)).toEqual(['members=3', 'firmware=TS250R023.bin', 'list=clean']));
  it.each([
    ['absolute: /etc/x', gnu('-', '/etc/x')],
    ['absolute: /etc/x', bsd('-', '/etc/x')],
    ['traversal: a/../../x', gnu('-', 'a/../../x')],
    ['traversal: ..', gnu('d', '..')],
    ['link: l', gnu('l', 'l -> /etc')],
    ['link: a/l', gnu('l', 'a/l -> ../../x')],
    ['link: a', gnu('l', 'a -> b -> /etc')],
    ['link: h', gnu('h', 'h link to ../x')],
    ['device: null', gnu('c', 'null', '1,3')],
    ['kind: v', gnu('V', 'v')],
    ['bomb: 1 members, 5000 bytes', gnu('-', 'x', '5000')],
  ])('is refused: %s', (why, line) => expect(read([line])).toEqual(expect.arrayContaining([`refused: ${why}`, 'list=refused'])));
  it.each([
    ['that is empty', [], 'tar-status=0'],
    ['that is cut off', [gnu('-', 'x')], 'tar-status=2'],
    ['whose end is missing', [gnu('-', 'x')], ''],
  ])('%s is refused', (_, lines, end) => expect(read(lines, end)).toContain('list=refused'));
  it('takes a name with "tar-status=0" for a name', () => expect(read([gnu('-', 'tar-status=0')], 'tar-status=2')).toContain('list=refused'));
});

describe('the check', () => {
  const look = (output: string) => probe.judge({ output, exitStatus: 0 }, parameters.parse({ updater: '/u', folder: '/f' })).verdict;
  it.each([
    ['affected', 'kind=scexe\npayload=8602\nfolder=none'],
    ['affected', 'kind=bin\npayload=0\nfolder=none'],
    ['already-fixed', 'kind=scexe\npayload=8602\nfolder=there\nfirmware=TS250R023.bin\ncomponents=there'],
    ['unknown', 'kind=scexe\npayload=8602\nfolder=there\nfirmware=TS250R023.bin'],
    ['unknown', 'kind=scexe\npayload=8602\nfolder=there'],
    ['unknown', 'kind=unread\nfolder=none'],
    ['unknown', ''],
    ['unknown', 'kind=new'],
    ['not-affected', 'kind=html\nfolder=none'],
    ['not-affected', 'kind=exe\nfolder=none'],
  ])('says %s of %j', (verdict, output) => expect(look(output)).toBe(verdict));
});

it('draws what is inside once it is known', () => {
  expect(partsOf('mc:2:208 sc:1:3000 odd:name:1:2 x:y:z')).toEqual([
    { name: 'mc', files: 2, bytes: 208 },
    { name: 'sc', files: 1, bytes: 3000 },
  ]);
  const values = parameters.parse(topic.labDefaults);
  const ids = (facts: Record<string, string>) => topic.pictures?.(values, { facts, done: new Set(['take-out']) }).map(({ id }) => id);
  expect([ids({}), ids({ components: 'mc:2:208 ' })]).toEqual([['layers'], ['layers', 'tree']]);
});
it.each(['/home/you/my file.scexe', 'relative.scexe', '/home/$(id).scexe', "/a'b"])('the path %j is not taken', (updater) =>
  expect(parameters.safeParse({ updater, folder: '/f' }).success).toBe(false),
);
