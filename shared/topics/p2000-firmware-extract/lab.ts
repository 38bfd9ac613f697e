/** The rehearsal: an updater of a few kilobytes with all its layers. Its squashfs is a list that the simulated unsquashfs reads. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';
import { gzipOf, joined, tarOf } from './lab-archive.ts';

const script = '#!/bin/sh\n# SIMULATED updater of the rehearsal. Never run.\nskip=PLACE\ntail -c +"$skip" "$0" | tar xzf - && exec ./CPINIT "$@"\nexit 1\n';
const head = script.replace('PLACE', String(script.length - 'PLACE'.length + 3));
const image = (magic: string) =>
  joined(
    magic,
    new Uint8Array(44),
    '\nd bin\nf bin/busybox SIMULATED\nl bin/sh busybox\nd etc\nf etc/version TS000R001\nl etc/mtab /proc/mounts\nl etc/inittab ../../../../etc/inittab\n',
  );
const firmware = (failure: string | null) =>
  tarOf([
    { name: 'mc/' },
    { name: 'mc/components/' },
    { name: 'mc/components/app.squashfs', content: image(failure === 'patched' ? 'shsq' : 'hsqs') },
    { name: 'mc/version.txt', content: joined('TS000R001 SIMULATED\n') },
    ...(failure === 'traversal' ? [{ name: 'mc/../../.ssh/authorized_keys', content: joined('ssh-ed25519 AAAA\n') }] : []),
    { name: 'sc/' },
    { name: 'sc/sc.bin', content: new Uint8Array(3000).fill(7) },
  ]);
const updater = (failure: string | null) =>
  joined(
    head,
    gzipOf(
      tarOf([
        { name: 'CPINIT', content: joined('SIMULATED\n') },
        { name: 'readme.txt', content: joined('SIMULATED\n') },
        { name: 'TS000R001.bin', content: firmware(failure) },
      ]),
    ),
  );

const files = (failure: string | null): LabFile[] => {
  const whole = updater(failure);
  const other =
    failure === 'cut-off' ? whole.subarray(0, whole.length - 2000) : failure === 'web-page' ? joined('<!DOCTYPE html>\n<title>Sign in</title>\n') : whole;
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    { path: 'firmware.state', content: `tool=${failure === 'no-tool' ? 'no' : 'yes'}\n` },
    { path: 'again', content: whole },
    { path: 'root/home/you/CP000001.scexe', content: other },
    { path: 'root/home/you/dothill/TS000R001.bin', content: failure === 'differs' ? joined(firmware(null), 'x') : firmware(failure) },
  ];
};

export const lab: Lab = {
  scenario: 'A workstation with an updater from HP, and Dot Hill’s firmware of the same version',
  failures: [
    {
      id: 'web-page',
      title: 'The download is a web page',
      story: 'The vendor’s site wanted a login, and its page was saved under the updater’s name.',
      stopsAt: { step: 'look', rule: 'html' },
      wayOut: 'remedy',
    },
    {
      id: 'cut-off',
      title: 'The download is cut off',
      story: 'The connection was lost near the end. The script and the list look right.',
      stopsAt: { step: 'take-out', rule: 'cut-off' },
      wayOut: 'remedy',
    },
    {
      id: 'differs',
      title: 'The second file differs',
      story: 'It has the same name, and other bytes.',
      stopsAt: { step: 'compare', rule: 'second-differs' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'traversal',
      title: 'A member would be written elsewhere',
      story: 'Somebody has packed a file with ".." into the firmware. It would become a key for your login.',
      stopsAt: { step: 'components', rule: 'traversal' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'no-tool',
      title: 'unsquashfs is missing',
      story: 'squashfs-tools is not installed on this machine.',
      stopsAt: { step: 'system', rule: 'no-tool' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'patched',
      title: 'A squashfs of its vendor’s own kind',
      story: 'The firmware has an old squashfs that only its vendor’s tool reads.',
      stopsAt: { step: 'system', rule: 'patched' },
      wayOut: 'undo',
      inWay: null,
    },
  ],
  facts: { firmware: 'TS000R001.bin' },
  ways: { 'the firmware file only': { depth: 'firmware', second: '' } },
  files,
};
