/** A virtual machine that starts over the network, in QEMU, emulated: iPXE from Debian, and a TFTP server in QEMU that hands out a folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { qemu, whyNoUefiServer } from './uefi-server.test-kit.ts';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

let roms = '';
/** Why there can be none here; null where there can. */
export const whyNoNetworkBoot: string | null = whyNoUefiServer ?? findReason();
function findReason(): string | null {
  try {
    roms = unpackedPackages('network-boot', ['ipxe-qemu', 'ipxe']);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** Under which QEMU's TFTP server and DHCP are reached from the machine. */
export const bootServer = '10.0.2.2';
/** iPXE as a kernel: something that iPXE can start, in the place of wimboot. */
export const startableKernel = (): string => path.join(roms, 'boot/ipxe.lkrn');

export class NetworkBoot {
  private readonly machine: ChildProcess;
  private said = '';

  /** Switches it on. `folder`: what TFTP hands out; `file`: what DHCP names. */
  constructor(folder: string, file: string) {
    const { program, environment, files } = qemu();
    this.machine = spawn(
      program,
      [
        ...['-L', path.join(files, 'usr/share/qemu'), '-L', path.join(files, 'usr/share/seabios'), '-L', path.join(roms, 'usr/lib/ipxe/qemu')],
        ...['-accel', 'tcg', '-m', '256', '-nographic', '-no-reboot', '-boot', 'n'],
        ...['-netdev', `user,id=net,restrict=on,tftp=${folder},bootfile=${file}`, '-device', 'e1000,netdev=net'],
      ],
      { stdio: ['pipe', 'pipe', 'pipe'], env: environment },
    );
    for (const stream of [this.machine.stdout, this.machine.stderr]) stream?.on('data', (bytes) => (this.said += bytes));
  }

  /** What its screen said, one line after the other. */
  get screen(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's own
    return this.said.replace(/\x1b\[[0-9;=?]*[A-Za-z]/g, '').replaceAll('\r', '');
  }
  /** Waits until it has said this, from a place on. Throws with all that it said. */
  async shows(what: RegExp, { from = 0, seconds = 60 }: { from?: number; seconds?: number } = {}): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!what.test(this.screen.slice(from))) {
      if (Date.now() > end || this.machine.exitCode !== null) throw new Error(`It never said ${what}: ${this.screen}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  press(key: string): void {
    this.machine.stdin?.write(key);
  }
  async cutPower(): Promise<void> {
    if (this.machine.exitCode !== null || this.machine.signalCode !== null) return;
    const gone = new Promise((resolve) => this.machine.once('exit', resolve));
    this.machine.kill('SIGKILL');
    await gone;
  }
}
