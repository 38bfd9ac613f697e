/** Words of the admin's that mean something to JavaScript, to a file system or to a shell: they are words, or are refused with a reason. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviceValue } from '../../shared/api/device-value.ts';
import { Rehearsal } from './conformance/rehearsal.test-kit.ts';
import { labRendering, resolveLabFiles } from './targets/lab-target.ts';
import { findTopic, procedures, topicDetail } from './topics/topic-registry.ts';

let rehearsal: Rehearsal;
beforeEach(() => {
  rehearsal = new Rehearsal();
});
afterEach(() => rehearsal.end());

describe('targets', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('may be called %s', async (name) => {
    const { targets, topics } = rehearsal.api;
    const entry = { name, connection: { kind: 'ssh' as const, host: 'web' }, root: 'none' as const, group: '', tags: [], note: '' };
    const added = await targets.add(entry);
    expect(added).toMatchObject({ name, facts: null });
    expect(await targets.list({})).toMatchObject([{ name, facts: null }]);
    expect((await topics.places({ topicId: 'apache-digest-freeze' })).find(({ title }) => title === name)).toMatchObject({ facts: null });
    await targets.edit({ targetId: added.id, change: { note: 'edited' } });
    expect(await targets.remove({ targetId: added.id })).toEqual({});
    expect(await targets.list({})).toEqual([]);
  });
});

describe('paths of this machine', () => {
  it.each(['/tmp/a\0b.wbrun', `/tmp/${'e\u0301'.repeat(1000)}.wbrun`, `/tmp/${'x'.repeat(256)}`])(
    'are refused where no file can have them: %j',
    async (path) => {
      await expect(rehearsal.api.transcripts.verifyFile({ path })).rejects.toMatchObject({ code: 'bad-message', message: expect.stringContaining('path') });
      await expect(rehearsal.api.runs.import({ path })).rejects.toMatchObject({ code: 'bad-message' });
    },
  );
});

describe('devices', () => {
  const check = (parameters: Record<string, string>, topicId = 'bootable-usb') =>
    rehearsal.api.topics.check({ topicId, target: { kind: 'local' }, parameters: { what: 'files', to: 'device', folder: '/srv', ...parameters } });

  it.each(['/dev/sdb', 'sdb', '/dev/../etc | a | b | c | 1', '/dev/sdb | a | b | c | 1 | more', '\0', 'constructor'])(
    'that are none are told at their field: %j',
    async (device) => {
      expect((await check({ device })).issues).toContainEqual(
        expect.objectContaining({ field: 'device', message: expect.stringMatching(/^(This does not name a device|Choose a device from the list)\.$/) }),
      );
    },
  );
  it('that are well named are looked for', async () => {
    const device = deviceValue({ path: '/dev/nothing-here', vendor: 'a', model: 'b', serial: 'c', bytes: 32e9 });
    expect((await check({ device })).issues).toContainEqual(expect.objectContaining({ field: 'device', message: '/dev/nothing-here is not there.' }));
  });
});

describe('a rehearsal', () => {
  const ways = ['/../../../../../../etc/hostname', '/srv/../../../../../etc/hostname', 'lab:../../../../../etc/hostname', '/..', '../../../etc/hostname'];
  it.each(procedures().map(({ id }) => id))('of %s does not lead out of the lab, whichever field names a path', async (topicId) => {
    const { fields } = topicDetail(findTopic(topicId));
    const led: unknown[] = [];
    for (const { name } of fields)
      for (const way of ways) {
        const checked = await rehearsal.api.topics
          .check({ topicId, target: { kind: 'lab' }, parameters: { [name]: way } })
          .catch((error: { code: string }) => error.code);
        if (checked === 'bad-parameters' || (typeof checked === 'object' && checked.issues.length > 0)) continue;
        const scripts =
          typeof checked === 'object' ? (checked.plan?.steps.flatMap((step) => [step.script, step.verifyScript, step.edit?.file]) ?? []) : [checked];
        if (typeof checked === 'string' || scripts.some((script) => /(root|downloads)(\/[^\s']*)?\/\.\.(\/|$)/m.test(script ?? '')))
          led.push({ name, way, checked });
      }
    expect(led).toEqual([]);
  });

  it('says why a path is not taken', () => {
    const { mapFile } = labRendering(null);
    expect(() => mapFile('/srv/../../etc/hostname')).toThrow('could lead out of the lab');
    expect(() => mapFile('/..')).toThrow('could lead out of the lab');
    expect(mapFile('/srv/..hidden/a..b')).toBe('root/srv/..hidden/a..b');
    expect(() => resolveLabFiles({ image: 'lab:../x' })).toThrow('could lead out of the lab');
  });
});
