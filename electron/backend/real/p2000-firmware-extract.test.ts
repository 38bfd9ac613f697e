/**
 * Updaters that the test makes itself, with every layer of HP's: a script, gzip, tar, tar, squashfs. Unpacked by the real tools over ssh, by a user
 * whose programs may not have more than 48 MB each; and hostile ones, of which nothing may be written. HP's own updater is not there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CommandStep, judge, quote, renderScript } from '../../../shared/topic-kit/index.ts';
import { parameters } from '../../../shared/topics/p2000-firmware-extract/parameters.ts';
import { takeOut } from '../../../shared/topics/p2000-firmware-extract/take-out.ts';
import { unpackComponents } from '../../../shared/topics/p2000-firmware-extract/unpack.ts';
import { RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['squashfs-tools'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`No updater is unpacked with squashfs-tools: ${why}.`);

const script = Buffer.from(`#!/bin/sh\n# made by a test\n${'# filler\n'.repeat(900)}touch /tmp/was-run; exit 1\n`);
const home = '/home/wren';
const values = { updater: `${home}/CP000001.scexe`, folder: `${home}/out`, depth: 'system', second: `${home}/other/TS000R001.bin` };
/** 200 MB that gzip could not make smaller: stored, as packing them would take longer than all of the test. */
const fillerBytes = 200_000_000;

describe.skipIf(why)('a nested updater', () => {
  let machine: ScratchMachine;
  let topic: RealTopic;
  beforeAll(async () => {
    // In memory: 200 MB in each of four layers would keep a slow disk busy for longer than the test takes.
    machine = await ScratchMachine.start(`mount -t tmpfs none ${home} && chown wren: ${home}\nulimit -d 49152`, [], { packages });
    machine.know();
    machine.asRoot(`mkdir -p ${home}/other ${home}/made/mc/components ${home}/made/root/bin ${home}/made/root/etc && cd ${home}/made
printf 'busybox\\n' > root/bin/busybox; chmod 4755 root/bin/busybox; ln -s busybox root/bin/sh; ln -s /proc/mounts root/etc/mtab; ln -s bin root/sbin
ln -s ../bin root/etc/tools; ln -s ../../../../etc/shadow root/etc/shadow; mkdir root/dev; mknod root/dev/console c 5 1
mksquashfs root mc/components/app.squashfs -comp lzma -noappend -quiet -no-progress >/dev/null; rm -r root`);
    pack('CP000001.scexe', 'other/TS000R001.bin', fillerBytes);
    pack('CP000002.scexe', 'other/TS000R002.bin', 4096);
  }, 600_000);
  /** As HP packs it; gzip stores the 200 MB, as packing them would take longer than all of the test. */
  const pack = (updater: string, firmware: string, filler: number) => {
    machine.asRoot(`cd ${home}/made && mkdir sc && head -c ${filler} /dev/urandom > sc/filler.bin && tar cf ../${firmware} mc sc && rm -r sc
printf 'made by a test\\n' > ../CPINIT; tar cf ../packed -C .. CPINIT -C other ${path.basename(firmware)}`);
    const packed = path.join(machine.root, home, 'packed');
    writeFileSync(path.join(machine.root, home, updater), Buffer.concat([script, gzipSync(readFileSync(packed), { level: 0 })]));
    machine.asRoot(`rm ${home}/packed; chown -R wren: ${home}; touch ${home}/packed-last`);
  };
  afterAll(() => machine?.stop());
  afterEach(() => topic?.end());
  const list = () => machine.asRoot(`cd ${home}; find . -newer packed-last -not -name '.*' | sort; ls -d /tmp/was-run 2>/dev/null || true`);

  it('of 200 MB is unpacked down to its last layer within 48 MB a program, and all is gone once that was undone', { timeout: 600_000 }, async () => {
    topic = new RealTopic(machine, 'p2000-firmware-extract', values);
    const before = list();
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    const done = await topic.run();
    expect(done.says, troublesOf(done)).toBe('Done and verified.');
    const facts = Object.fromEntries(done.facts.map(({ id, value }) => [id, value]));
    expect(facts.payload).toBe(String(script.length));
    expect(facts.md5).toBe(machine.asRoot(`md5sum < ${values.second}`).slice(0, 32));
    expect(
      machine.asRoot(`cd ${values.folder}/system && find . | sort && cat bin/busybox && stat -c %a bin/busybox && readlink bin/sh sbin`).split('\n'),
    ).toEqual(['.', './bin', './bin/busybox', './bin/sh', './dev', './etc', './etc/tools', './sbin', 'busybox', '755', 'busybox', 'bin', '']);
    expect(machine.asRoot(`stat -c %s ${values.folder}/components/sc/filler.bin`).trim()).toBe(String(fillerBytes));
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    const undone = await topic.undo(done);
    expect([undone.status, list()], troublesOf(undone)).toEqual(['undone', before]);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('cannot be read at once by a program of this user: the limit holds', () => {
    expect(machine.asRoot(`su wren -c 'ulimit -d'`).trim()).toBe('49152');
  });

  it('is found out to be another than the second file, of which one byte is changed', { timeout: 600_000 }, async () => {
    machine.asRoot(`cd ${home}; cp other/TS000R002.bin changed.bin; printf x | dd of=changed.bin bs=1 seek=3000 conv=notrunc 2>/dev/null`);
    const small = { updater: `${home}/CP000002.scexe`, folder: `${home}/changed`, depth: 'firmware' };
    topic = new RealTopic(machine, 'p2000-firmware-extract', { ...small, second: `${home}/changed.bin` });
    const state = await topic.run();
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'compare']);
    expect(state.steps.find(({ id }) => id === 'compare')?.verdicts.map(({ rule }) => rule)).toContain('second-differs');
    await topic.undo(state);
  });

  it('has no image to unpack without the components, and one that is cut off is left alone', { timeout: 600_000 }, async () => {
    const small = { updater: `${home}/CP000002.scexe`, folder: `${home}/cut`, depth: 'system', second: '' };
    topic = new RealTopic(machine, 'p2000-firmware-extract', small);
    let state = await topic.run({ without: ['components'] });
    const rules = () => state.steps.find(({ id }) => id === 'system')?.verdicts.flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
    expect([state.status, state.current, rules()], troublesOf(state)).toEqual(['failed', 'system', ['no-image']]);
    await topic.undo(state);
    state = await topic.run({
      before: (step) => {
        if (step === 'system') machine.asRoot(`truncate -s 300 ${small.folder}/components/mc/components/app.squashfs`);
      },
    });
    expect([state.status, state.current, rules()], troublesOf(state)).toEqual(['failed', 'system', expect.arrayContaining(['broken'])]);
    expect(machine.asRoot(`ls ${small.folder}`).split('\n')).toEqual(['TS000R002.bin', 'components', 'components.md5', '']);
    await topic.undo(state);
    expect(machine.asRoot(`ls ${home}`)).not.toContain('cut');
  });
});

describe.skipIf(process.platform !== 'linux')('of a hostile archive nothing is written', () => {
  const place = mkdtempSync(path.join(tmpdir(), 'wb-hostile-'));
  const packing = path.join(place, 'packing');
  const work = path.join(place, 'work');
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  const pack = (...args: string[]) => execFileSync('tar', ['cPf', '-', '-C', packing, ...args], { maxBuffer: 2 ** 28 });
  beforeAll(() => {
    mkdirSync(path.join(packing, 'in'), { recursive: true });
    writeFileSync(path.join(packing, 'x'), 'evil\n');
    writeFileSync(path.join(packing, 'TS000R001.bin'), pack('x'));
    symlinkSync('/etc/passwd', path.join(packing, 'absolute-link'));
    symlinkSync('../../outside', path.join(packing, 'in', 'link'));
    execFileSync('mkfifo', [path.join(packing, 'pipe')]);
    writeFileSync(path.join(packing, 'large'), '');
    truncateSync(path.join(packing, 'large'), 5 * 2 ** 30);
  });
  const good = () => pack('TS000R001.bin', 'x');
  const hostile: readonly [string, string, () => Buffer][] = [
    ['a path that leads up', 'traversal', () => pack('--transform', 's,^x$,a/../../outside,', 'TS000R001.bin', 'x')],
    ['an absolute path', 'absolute', () => pack('--transform', `s,^x$,${place}/outside,`, 'TS000R001.bin', 'x')],
    ['an absolute link', 'link', () => pack('TS000R001.bin', 'absolute-link')],
    ['a link that leads up', 'link', () => pack('TS000R001.bin', 'in/link')],
    ['a pipe', 'device', () => pack('TS000R001.bin', 'pipe')],
    ['5 GiB in a sparse file', 'bomb', () => pack('--sparse', 'TS000R001.bin', 'large')],
  ];
  /** Runs the step's own script where it may write; says what the rules make of it, and what lies around afterwards. */
  const run = (step: CommandStep, facts: Record<string, string>) => {
    const text = renderScript(
      step.script,
      (name) => name,
      ({ fact }) => `‹${fact}, read in step 1›`,
    ).replace(/‹(\w+), read in step 1›/g, (_, fact: string) => quote(facts[fact] ?? ''));
    const { stdout, stderr, status } = spawnSync('sh', ['-c', `exec 2>&1; cd '${work}' || exit 9\n${text}`], { encoding: 'utf8' });
    const rules = judge(step.matchers, { output: stdout + stderr, exitStatus: status ?? 1, facts: {} }).flatMap(({ kind, rule }) =>
      kind === 'failure' ? [rule] : [],
    );
    return {
      rules,
      left: readdirSync(work).sort(),
      outside: existsSync(path.join(place, 'outside')) || existsSync(path.join(place, '..', 'outside')),
      output: stdout + stderr,
    };
  };
  const inside = (name: string) => parameters.parse({ updater: path.join(work, name), folder: path.join(work, 'out') });
  const lay = (name: string, content: Buffer) => {
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    writeFileSync(path.join(work, name), content);
  };
  const outer = (content: Buffer, most?: number) => {
    lay('u.scexe', Buffer.concat([script, content]));
    return run(takeOut(inside('u.scexe'), most), { kind: 'scexe', payload: String(script.length) });
  };

  it('while a good one beside them is unpacked', () => {
    const { rules, left, output } = outer(gzipSync(good()));
    expect([rules, left], output).toEqual([[], ['out', 'u.scexe']]);
    expect(readdirSync(path.join(work, 'out'))).toEqual(['TS000R001.bin']);
  });
  it.each(hostile)('with %s around the firmware', (_, rule, make) => {
    const { rules, left, outside, output } = outer(gzipSync(make(), { level: 1 }));
    expect([rules, left, outside], output).toEqual([[rule], ['u.scexe'], false]);
  });
  it.each([
    ['cut off', 'cut-off', () => gzipSync(good(), { level: 0 }).subarray(0, -3000)],
    ['rubbish behind its end', 'trailing', () => Buffer.concat([gzipSync(good()), Buffer.from('rubbish')])],
    ['a changed byte', 'damaged', () => Buffer.concat([gzipSync(good()).subarray(0, -5), Buffer.from('x1234')])],
    ['no firmware in it', 'no-firmware', () => gzipSync(pack('x'))],
    ['two of them in it', 'no-firmware', () => gzipSync(pack('TS000R001.bin', 'TS000R001.bin', '--hard-dereference'))],
  ] as const)('with %s', (_, rule, make) => {
    const { rules, left, output } = outer(make());
    expect([rules, left], output).toEqual([[rule], ['u.scexe']]);
  });
  it('with more behind gzip than is allowed', () => {
    const { rules, left, output } = outer(gzipSync(Buffer.concat([good(), Buffer.alloc(3_000_000)])), 1_000_000);
    expect([rules, left], output).toEqual([['bomb'], ['u.scexe']]);
  });

  const inner = (content: Buffer) => {
    lay('u.scexe', Buffer.alloc(0));
    mkdirSync(path.join(work, 'out'));
    writeFileSync(path.join(work, 'out', 'TS000R001.bin'), content);
    const { left, ...rest } = run(unpackComponents(inside('u.scexe')), { firmware: 'TS000R001.bin', md5: '0' });
    return { ...rest, left: left.length === 2 ? readdirSync(path.join(work, 'out')).sort() : left };
  };
  it.each(hostile)('with %s in the firmware', (_, rule, make) => {
    const { rules, left, outside, output } = inner(make());
    expect([rules, left, outside], output).toEqual([[rule], ['TS000R001.bin'], false]);
  });
  it.each([
    ['cut off', 'cut-off', () => good().subarray(0, 1200)],
    ['rubbish behind its end', 'rubbish', () => Buffer.concat([good(), Buffer.from('rubbish')])],
    ['a header in front of it', 'damaged', () => Buffer.concat([Buffer.alloc(512, 'DH'), good()])],
  ] as const)('with a firmware that is %s', (_, rule, make) => {
    const { rules, left, output } = inner(make());
    expect([rules, left], output).toEqual([[rule], ['TS000R001.bin']]);
  });
  it('while a good firmware is unpacked, with a link that stays inside', () => {
    symlinkSync('../x', path.join(packing, 'in', 'good'));
    appendFileSync(path.join(packing, 'x'), 'more\n');
    const { rules, left, output } = inner(pack('x', 'in/good'));
    expect([rules, left], output).toEqual([[], ['TS000R001.bin', 'components', 'components.md5']]);
    expect(readFileSync(path.join(work, 'out/components/in/good'), 'utf8')).toContain('evil');
  });
});
