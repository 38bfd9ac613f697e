import { describe, expect, it } from 'vitest';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { steps } from './steps.ts';

const id = '3f0c5a9e17b2';
const check = (more: Record<string, string>, original = id) =>
  probe.judge(
    {
      output: Object.entries({ 'machine-id': id, dbus: 'link', networkd: 'active', address: '192.0.2.100/24 on eth0', ...more })
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
      exitStatus: 0,
    },
    parameters.parse({ original }),
  );

describe('the check', () => {
  it.each([
    ['affected', {}, id],
    ['unknown', {}, ''],
    ['not-affected', { 'machine-id': 'aaaaaaaaaaaa' }, id],
    ['already-fixed', { 'machine-id': 'aaaaaaaaaaaa', moved: 'yes' }, id],
    ['already-fixed', { 'machine-id': 'aaaaaaaaaaaa', moved: 'yes' }, ''],
    ['affected', { moved: 'yes' }, id],
    ['unknown', { 'machine-id': 'none' }, id],
    ['unknown', { 'machine-id': 'empty' }, id],
    ['unknown', { 'machine-id': '' }, id],
  ])('says %s with %j where the original has %j', (verdict, more, original) => expect(check(more, original)).toMatchObject({ verdict }));
  it('shows the fingerprint, to be carried to the clone', () => expect(check({}, '').findings[0]).toMatchObject({ label: 'Fingerprint', value: id }));
  it.each([
    ['copy', 'copy'],
    ['other', 'copy'],
    ['none', 'none'],
  ])('proposes what D-Bus has: %s', (dbus, value) => expect(check({ dbus }).proposes).toEqual([expect.objectContaining({ field: 'dbus', value })]));
});

it.each(['3f0c5a9e17b', 'the id', '0123456789abcdef0123456789abcdef'])('takes no fingerprint %j', (original) =>
  expect(parameters.safeParse({ original }).success).toBe(false),
);

it('moves D-Bus’s copy away before the new id is made, and holds reboots meanwhile', () => {
  const order = (dbus: string) => steps(parameters.parse({ dbus })).map((step) => step.id);
  expect(order('copy')).toEqual(['look', 'dbus', 'old', 'create', 'dbus-link', 'also']);
  expect(order('link')).toEqual(['look', 'old', 'create', 'also']);
  const [, old, create] = steps(parameters.parse({}));
  expect([old?.hold, create?.hold]).toEqual([expect.stringContaining('Do not reboot'), null]);
});
