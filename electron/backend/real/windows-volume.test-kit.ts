/** A Windows volume on a throw-away machine: NTFS on a loop device, mounted by ntfs-3g, with registry hives that tools can read. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attachLoop, detachLoop } from '../media/media-writer.test-kit.ts';
import { passwordlessSudo } from './real-topic.test-kit.ts';
import { ScratchMachine } from './scratch-machine.test-kit.ts';

export const volumePackages = ['ntfs-3g', 'libhivex-bin'] as const;
export const hives = ['SOFTWARE', 'SYSTEM'] as const;
const mebibyte = 1024 * 1024;

export class WindowsVolume {
  static readonly place = '/mnt/windows';
  static readonly config = `${WindowsVolume.place}/Windows/System32/config`;
  readonly machine: ScratchMachine;
  private readonly folder: string;
  private readonly device: string;

  static async start(): Promise<WindowsVolume> {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-ntfs-'));
    const image = path.join(folder, 'windows.img');
    writeFileSync(image, Buffer.alloc(64 * mebibyte));
    const device = attachLoop(image);
    const number = device.replace(/\D/g, '');
    try {
      // No more of the real machine's devices than this one, and what FUSE needs.
      const setUp = `${passwordlessSudo}
mknod -m 600 ${device} b 7 ${number}
mknod -m 666 /dev/fuse c 10 229
ln -s /proc/self/fd/1 /dev/stdout # hivexml writes there
mkdir -p ${WindowsVolume.place}`;
      const machine = await ScratchMachine.start(setUp, [], { packages: [...volumePackages] });
      machine.know();
      return new WindowsVolume(machine, folder, device);
    } catch (thrown) {
      detachLoop(device);
      throw thrown;
    }
  }

  private constructor(machine: ScratchMachine, folder: string, device: string) {
    this.machine = machine;
    this.folder = folder;
    this.device = device;
  }

  /** A new one, with hives and a crash dump of CRITICAL_PROCESS_DIED that is newer, mounted for writing. */
  make(): void {
    this.unmount();
    this.machine.asRoot(`mkntfs --quick --force ${this.device} >/dev/null 2>&1`);
    this.mount();
    this.machine.asRoot(`mkdir -p ${WindowsVolume.config}`);
    for (const name of hives) this.write(`Windows/System32/config/${name}`, makeHive(`plays-${name}`));
    this.machine.asRoot(`touch -d '1 hour ago' ${WindowsVolume.config}/*`);
    const dump = Buffer.alloc(4096);
    dump.write('PAGEDU64');
    dump.writeUInt32LE(0xef, 56);
    this.write('Windows/MEMORY.DMP', dump);
  }

  /** With ntfs-3g, as it decides: what it finds hibernated it mounts for reading only. Returns what it said. */
  mount(options = ''): string {
    return this.machine.asRoot(`ntfs-3g ${options} ${this.device} ${WindowsVolume.place} 2>&1 || true`);
  }
  unmount(): void {
    this.machine.asRoot(`umount ${WindowsVolume.place} 2>/dev/null; while pidof ntfs-3g >/dev/null; do sleep 0.05; done`);
  }
  write(name: string, content: Buffer): void {
    this.machine.asRoot(`base64 -d >'${WindowsVolume.place}/${name}' <<'END'\n${content.toString('base64')}\nEND`);
  }
  names(): string[] {
    return this.machine.asRoot(`ls ${WindowsVolume.config}`).trim().split('\n');
  }
  /** Digest and name of everything on it. */
  digests(): string {
    return this.machine.asRoot(`cd ${WindowsVolume.place} && find . -type f -exec sha256sum {} + | sort -k 2`);
  }

  async stop(): Promise<void> {
    this.unmount();
    await this.machine.stop();
    detachLoop(this.device);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The smallest hive that readers take: a base block, and one bin with a root key. Layout: msuhanov's description of regf. */
export function makeHive(rootName: string): Buffer {
  const block = 4096;
  const hive = Buffer.alloc(2 * block);
  hive.write('regf');
  hive.writeUInt32LE(1, 4);
  hive.writeUInt32LE(1, 8);
  for (const [index, value] of [1, 5, 0, 1, 32, block, 1].entries()) hive.writeUInt32LE(value, 20 + 4 * index);
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= hive.readUInt32LE(at);
  hive.writeUInt32LE(sum >>> 0, 508);
  hive.write('hbin', block);
  hive.writeUInt32LE(block, block + 8);
  const cell = block + 32;
  const size = Math.ceil((4 + 76 + rootName.length) / 8) * 8;
  hive.writeInt32LE(-size, cell);
  hive.write('nk', cell + 4);
  hive.writeUInt16LE(0x2c, cell + 6); // a root, with a name in ASCII
  for (const offset of [28, 32, 40, 44, 48]) hive.writeUInt32LE(0xffffffff, cell + 4 + offset);
  hive.writeUInt16LE(rootName.length, cell + 4 + 72);
  hive.write(rootName, cell + 4 + 76);
  hive.writeInt32LE(block - 32 - size, cell + size);
  return hive;
}
