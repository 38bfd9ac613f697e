/** OVMF's UEFI shell in QEMU, over a FIFO pair. Packages are unpacked, not installed (24 MB); emulated, about 15 s. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackedPackages } from '../real/unpacked-packages.test-kit.ts';
import { FifoCarrier } from './carriers/fifo-carrier.ts';
import { ConsoleSession } from './console-session.ts';
import { uefiShell } from './dialects/uefi-shell.ts';

/** QEMU, the firmware, and the libraries that a machine with a desktop's libraries does not have yet. */
const packages =
  'qemu-system-x86 qemu-system-common qemu-system-data ovmf seabios libaio1 libbrlapi0.8 libcacard0 libcapstone4 libdaxctl1 libexecs0 libfdt1 libfuse3-3 libnl-3-200 libnl-route-3-200 libibverbs1 libndctl6 libpmem1 librdmacm1 libslirp0 libspice-server1 liburing2 libusbredirparser1 libvdeplug2'.split(
    ' ',
  );

let files = '';
let why: string | null = null;
try {
  if (process.arch !== 'x64') throw new Error('the packages are for x86-64');
  files = unpackedPackages('uefi', packages);
  execFileSync(program(), ['--version'], { env: environment(), stdio: 'pipe' });
} catch (thrown) {
  why = (thrown as Error).message;
}
if (why) console.log(`The real UEFI shell is not tried: ${why}.`);

function program() {
  return path.join(files, 'usr/bin/qemu-system-x86_64');
}
function environment() {
  return { ...process.env, LD_LIBRARY_PATH: path.join(files, 'usr/lib/x86_64-linux-gnu') };
}

describe.skipIf(why)("OVMF's UEFI shell in QEMU", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-uefi-'));
  let machine: ChildProcess;
  let session: ConsoleSession;
  beforeAll(async () => {
    const stick = path.join(folder, 'stick');
    mkdirSync(path.join(stick, 'P07'), { recursive: true });
    writeFileSync(path.join(stick, 'long.txt'), Array.from({ length: 120 }, (_, line) => `line ${line}\r\n`).join(''));
    writeFileSync(path.join(stick, 'startup.nsh'), 'echo startup was run\r\n');
    copyFileSync(path.join(files, 'usr/share/OVMF/OVMF_VARS_4M.fd'), path.join(folder, 'vars.fd'));
    execFileSync(
      'mkfifo',
      ['in', 'out'].map((end) => path.join(folder, `serial.${end}`)),
    );
    machine = spawn(
      program(),
      [
        ...['-L', path.join(files, 'usr/share/qemu'), '-L', path.join(files, 'usr/share/seabios')],
        ...['-machine', 'q35', '-accel', 'tcg', '-m', '256', '-nodefaults', '-display', 'none', '-net', 'none'],
        ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${files}/usr/share/OVMF/OVMF_CODE_4M.fd`],
        ...['-drive', `if=pflash,unit=1,format=raw,file=${folder}/vars.fd`],
        ...['-drive', `if=none,id=stick,format=vvfat,file=fat:rw:${stick}`, '-device', 'virtio-blk-pci,drive=stick'],
        ...['-chardev', `pipe,id=serial,path=${folder}/serial`, '-serial', 'chardev:serial'],
      ],
      { stdio: 'ignore', env: environment() },
    );
    session = new ConsoleSession(await FifoCarrier.open(path.join(folder, 'serial')), uefiShell);
  });
  afterAll(async () => {
    machine?.kill('SIGKILL');
    await session?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is driven from countdown to restart', async () => {
    let seen = '';
    session.onData((bytes) => {
      seen += bytes.toString('latin1');
    });
    expect(await session.waitForPrompt()).toBe('Shell> ');
    expect(seen).not.toContain('startup was run');
    expect((await session.command('fs0:')).prompt).toBe('FS0:\\> ');
    expect((await session.command('cd P07')).prompt).toBe('FS0:\\P07\\> ');
    await session.command('cd ..');
    expect((await session.command('ver', { status: true })).status).toEqual({ good: true, value: '0x0' });
    expect(await session.command('nosuch', { status: true })).toMatchObject({
      text: expect.stringMatching(/not recognized/),
      status: { good: false, value: '0xE' },
    });
    const long = 'x'.repeat(180); // longer than the screen is wide
    expect((await session.command(`echo ${long}`)).text.replace(/\s/g, '')).toBe(long);
    const { text } = await session.command('type -b long.txt');
    expect(text.trimEnd().split('\n')).toEqual(Array.from({ length: 120 }, (_, line) => `line ${line}`));
    expect(session.charactersPerSecond).toBe(Number.POSITIVE_INFINITY);
    expect((await session.command('reset', { restarts: true, silenceMs: 60_000 })).prompt).toBe('Shell> ');
    const lost = session.command('pause');
    machine.kill('SIGKILL');
    await expect(lost).rejects.toMatchObject({ trouble: 'ended' });
  });
});
