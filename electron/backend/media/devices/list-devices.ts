/** The disks of this machine that an image could go to, and for each other one why not. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { MediaDevice } from '../../../../shared/api/media.ts';
import { deviceValue } from '../../../../shared/topic-kit/index.ts';
import { readIdentity } from './device-identity.ts';
import { listWithDiskutil } from './diskutil.ts';
import { type BlockNode, columns, parseLsblk } from './lsblk.ts';
import { type InUse, parseMdstat, parseMounts, parseSwaps, whyNotDevice } from './why-not.ts';

const run = promisify(execFile);

/** Throws WrenchbookError `session` where this system can't tell. */
export async function listDevices(): Promise<MediaDevice[]> {
  try {
    if (process.platform === 'darwin') return await listWithDiskutil(async (program, words) => (await run(program, words, { ...limits, env: english })).stdout);
    if (process.platform === 'linux') return await listLinuxDevices();
  } catch (cause) {
    throw new WrenchbookError('session', `The devices of this machine can't be listed: ${(cause as Error).message.split('\n')[0]}.`, 'Install util-linux.', {
      cause,
    });
  }
  throw new WrenchbookError('session', 'The devices of this machine can’t be listed: this works on Linux and macOS only.', 'Write to an image file.');
}

const limits = { maxBuffer: 16 * 1024 * 1024, timeout: 15_000 };

/** What the tools say is read, so they speak English: in Turkish, lsblk's own names have other letters. */
const english = { ...process.env, LC_ALL: 'C' };

async function listLinuxDevices(): Promise<MediaDevice[]> {
  const ask = (mounts: Parameters<typeof columns>[0]) => run('lsblk', ['--json', '--bytes', '--output', columns(mounts)], { ...limits, env: english });
  const { stdout } = await ask('MOUNTPOINTS').catch(() => ask('MOUNTPOINT'));
  const inUse = whatIsInUse();
  return parseLsblk(stdout)
    .filter(isOffered)
    .map((disk) => mediaDevice(disk, inUse));
}

/** Disks. Memory that plays one is not, nor what a card keeps for its loader; a loop device is only where it is free, as packages of a desktop mount dozens. */
const isOffered = (node: BlockNode) =>
  (node.type === 'disk' && !/^(zram|ram)\d|^mmcblk\d+(boot\d+|rpmb|gp\d+)$/.test(node.name)) ||
  (node.type === 'loop' && node.mountPoints.length === 0 && node.bytes > 0);

function mediaDevice(disk: BlockNode, inUse: InUse): MediaDevice {
  const identity = readIdentity(path.join('/sys/class/block', disk.name.replaceAll('/', '!')), disk.path);
  return {
    ...identity,
    bus: busTitle(disk),
    removable: disk.removable,
    sectorBytes: disk.sectorBytes,
    partitions: disk.children
      .filter(({ type }) => type === 'part')
      .map(({ path: name, bytes, content, label, mountPoints }) => ({ name, bytes, content, label, mountPoints })),
    mountPoints: [disk, ...disk.children].flatMap(({ mountPoints }) => mountPoints),
    whyNot: whyNotDevice(disk, inUse),
    value: deviceValue(identity),
  };
}

function busTitle({ bus, type, name }: BlockNode): string {
  if (type === 'loop') return 'loop device';
  if (name.startsWith('mmcblk')) return 'SD card';
  return { usb: 'USB', sata: 'SATA', ata: 'ATA', nvme: 'NVMe', sas: 'SAS', fc: 'Fibre Channel', iscsi: 'iSCSI', virtio: 'virtual' }[bus] ?? bus;
}

function whatIsInUse(): InUse {
  const text = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return ''; // a kernel without it has none
    }
  };
  const holders = new Map<string, string[]>();
  for (const name of readdirSync('/sys/class/block')) {
    try {
      holders.set(name, readdirSync(path.join('/sys/class/block', name, 'holders')));
    } catch {
      // gone between the two looks
    }
  }
  return { mounts: parseMounts(text('/proc/mounts')), swaps: parseSwaps(text('/proc/swaps')), raids: parseMdstat(text('/proc/mdstat')), holders };
}
