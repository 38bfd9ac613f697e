/** OVMF's UEFI shell in QEMU, over a FIFO pair. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UefiServer, whyNoUefiServer } from '../real/uefi-server.test-kit.ts';
import { FifoCarrier } from './carriers/fifo-carrier.ts';
import { ConsoleSession } from './console-session.ts';
import { uefiShell } from './dialects/uefi-shell.ts';

if (whyNoUefiServer) console.log(`The real UEFI shell is not tried: ${whyNoUefiServer}.`);

describe.skipIf(whyNoUefiServer)("OVMF's UEFI shell in QEMU", () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-uefi-'));
  let machine: UefiServer;
  let session: ConsoleSession;
  beforeAll(async () => {
    const stick = path.join(folder, 'stick');
    mkdirSync(path.join(stick, 'P07'), { recursive: true });
    writeFileSync(path.join(stick, 'long.txt'), Array.from({ length: 120 }, (_, line) => `line ${line}\r\n`).join(''));
    writeFileSync(path.join(stick, 'startup.nsh'), 'echo startup was run\r\n');
    machine = new UefiServer(folder, ['-drive', `if=none,id=stick,format=vvfat,file=fat:rw:${stick}`, '-device', 'virtio-blk-pci,drive=stick']);
    machine.switchOn();
    session = new ConsoleSession(await FifoCarrier.open(machine.place), uefiShell);
  });
  afterAll(async () => {
    await machine?.cutPower();
    await session?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is driven from countdown to restart', async () => {
    let seen = '';
    session.onData((bytes) => {
      seen += bytes.toString('latin1');
    });
    // A machine under load takes its time until its firmware says something.
    expect(await session.waitForPrompt({ silenceMs: 300_000 })).toBe('Shell> ');
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
    const lost = expect(session.command('pause')).rejects.toMatchObject({ trouble: 'ended' });
    await machine.cutPower();
    await lost;
  });
});
