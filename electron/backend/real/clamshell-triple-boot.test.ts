/**
 * What of the iBook’s procedure can be tried without one: parted writes the planned partitions into a Mac’s partition map, hfsutils say what ybin
 * passes on, and the two edits are made by the machine’s own sed and awk. No iBook, no Open Firmware and no yaboot was there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge, renderScript, type Script, type Step } from '../../../shared/topic-kit/index.ts';
import { parameters } from '../../../shared/topics/clamshell-triple-boot/parameters.ts';
import { planDisk, reachMb } from '../../../shared/topics/clamshell-triple-boot/plan.ts';
import { steps } from '../../../shared/topics/clamshell-triple-boot/steps.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['parted', 'hfsutils'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`The iBook’s partition map is not tried: ${why}.`);

type Changing = Extract<Step, { kind: 'command' }>;
const step = (id: string) => steps(parameters.parse({})).find((one) => one.id === id) as Changing;
const facts: Readonly<Record<string, string>> = { boot: '10', mac: '/dev/hda12' };
const text = (script: Script) =>
  renderScript(
    script,
    (path) => path,
    ({ fact }) => `‹${fact}, read in step 1›`,
  ).replace(/‹(\w+), read in step 1›/g, (_, id: string) => facts[id] ?? '');
const dist = '/Volumes/Install/System/Installation/Packages/OSInstall.mpkg/Contents/OSInstall.dist';
const conf =
  '# mine\nboot=/dev/hda10\nmacosx=/dev/hda14\n  macos9=/dev/hda14\ntimeout=50\nimage=/boot/vmlinux\n\tlabel=Linux\nimage=/boot/vmlinux.old\n\tlabel=old\n';
const setUp = `mkdir -p ${dist.slice(0, dist.lastIndexOf('/'))} /usr/local/bin
printf "\\tvar badMachines = ['iMac','PowerBook1,1','PowerBook2,1',\\n\\t\\t'AAPL,Gossamer'];\\r\\n" >${dist}
printf '${conf.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}' >/etc/yaboot.conf
printf '#!/bin/sh\\nfor name in ofboot yaboot yaboot.conf; do hattrib -t boot -c UNIX :$name || echo "ybin: Warning: error setting attributes on $name"; done\\n' >/usr/local/bin/ybin
chmod 755 /usr/local/bin/ybin`;

describe.skipIf(why)('what of an iBook can be tried on a machine of today', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { packages });
  }, 600_000);
  afterAll(() => machine?.stop());
  const prints = (script: string) => machine.asRoot(`(${script}\n) 2>&1; echo "status $?"`);
  const rules = (matchers: Changing['matchers'], output: string) =>
    judge(matchers, { output: output.replace(/status \d+\n$/, ''), exitStatus: Number(/status (\d+)\n$/.exec(output)?.[1]), facts })
      .filter(({ kind }) => kind === 'failure')
      .map(({ rule }) => rule);

  it.each([17, 40, 137.4, 160])('parted makes the planned partitions of a disk of %d GB, within 28 bits of sector number', (gb) => {
    const { parts } = planDisk(gb, 38);
    const made = parts.map(({ name, fromMb, sizeMb }) => `mkpart '"${name}"' hfs ${fromMb * 2048}s ${(fromMb + sizeMb) * 2048 - 1}s`).join(' ');
    const printed = machine.asRoot(
      `truncate -s ${gb * 1e9} /tmp/disk; parted -s -a none /tmp/disk mklabel mac ${made} >&2; parted -sm /tmp/disk unit s print; rm /tmp/disk`,
    );
    const lines = printed.split('\n').map((line) => line.split(':'));
    expect(lines[1]?.[5], printed).toBe('mac');
    const found = lines.filter(([, , , , , name]) => parts.some((part) => part.name === name)).map(([, from, to, , , name]) => [name, from, to]);
    expect(found, printed).toEqual(parts.map(({ name, fromMb, sizeMb }) => [name, `${fromMb * 2048}s`, `${(fromMb + sizeMb) * 2048 - 1}s`]));
    expect(Number.parseInt(found.at(-1)?.[2] ?? '', 10)).toBeLessThan(reachMb * 2048);
  });

  it('hfsutils say that no volume is current, which ybin passes on, and nothing of the kind once one is mounted', () => {
    const { matchers } = step('yaboot');
    expect(rules(matchers, prints('cd /tmp; rm -f ~/.hcwd; ybin'))).toContain('attributes');
    const marked = prints(
      'cd /tmp; truncate -s 16M boot.img; hformat -l linux-boot boot.img; for name in ofboot yaboot yaboot.conf; do echo x >$name; hcopy $name :; done; ybin; echo "ybin: Blessing /dev/hda10 with Holy Penguin Pee..."; hls -l; humount',
    );
    expect(rules(matchers, marked), marked).toEqual([]);
    expect(marked).toMatch(/boot\/UNIX.* yaboot\n/);
    expect(machine.asRoot("cd /tmp; hformat -l 'Macintosh HD' boot.img >/dev/null; blkid boot.img")).toContain('LABEL="Macintosh HD"');
  });

  it('takes one Mac out of the installer’s list, byte by byte the rest as it was, and puts it back', () => {
    const { script, verify, undo, undone } = step('machine-check');
    const look = () => rules(verify?.matchers ?? [], prints(text(verify?.script as Script)));
    const before = machine.asRoot(`cat ${dist}`);
    expect(look()).toEqual(['still-refused']);
    for (let times = 0; times < 2; times++) {
      machine.asRoot(text(script));
      expect(look()).toEqual([]);
      expect(machine.asRoot(`cat ${dist}`)).toBe(before.replace("'PowerBook2,1',", ''));
    }
    machine.asRoot(text(undo as Script));
    expect(look()).toEqual(['still-refused']);
    expect(machine.asRoot(text((undone as { script: Script }).script))).toBe('The file is as it was.\n');
    machine.asRoot(`echo other >${dist}`);
    expect(rules(step('machine-check').matchers, prints(text(script)))).toContain('wrong-file');
    expect(machine.asRoot(`cat ${dist}`)).toBe('other\n');
  });

  it('writes the keys of yaboot.conf before its first image, once, and keeps every other line', () => {
    const { script, undo } = step('yaboot');
    const wanted = conf.replace(/^ *macos.*\n/gm, '').replace('image=', 'macos=/dev/hda12\nmacosx=/dev/hda12\nbrokenosx\nimage=');
    for (let times = 0; times < 2; times++) {
      prints(text(script));
      expect(machine.asRoot('cat /etc/yaboot.conf')).toBe(wanted);
    }
    prints(text(undo as Script));
    expect(machine.asRoot('cat /etc/yaboot.conf')).toBe(conf);
  });
});
