/**
 * Who a block device is, read from sysfs. The media writer reads the same places once more on the device it has opened
 * (assets/helper/media/40-target.pl), and refuses one that says something else.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { DeviceIdentity } from '../../../../shared/api/media.ts';

/** `folder`: of the whole disk, such as /sys/class/block/sdb. */
export function readIdentity(folder: string, devicePath: string): DeviceIdentity {
  const text = (name: string) => readLine(path.join(folder, name));
  const backing = text('loop/backing_file');
  return {
    path: devicePath,
    vendor: plain(text('device/vendor')),
    model: plain(text('device/model') || (backing && `image ${path.basename(backing)}`)),
    serial: plain(text('device/serial') || text('serial') || usbSerial(folder) || vitalSerial(folder)),
    bytes: 512 * Number(text('size') || 0),
  };
}

/** Of the USB device it hangs on. */
function usbSerial(folder: string): string {
  let place = realPath(path.join(folder, 'device'));
  for (let up = 0; up < 12 && place.length > 1; up += 1) {
    place = path.dirname(place);
    if (existsSync(path.join(place, 'idVendor'))) return readLine(path.join(place, 'serial'));
  }
  return '';
}

/** SCSI's page 0x80, which SATA disks have too: four bytes, then the number. */
function vitalSerial(folder: string): string {
  try {
    return readFileSync(path.join(folder, 'device/vpd_pg80')).subarray(4, 256).toString('latin1').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** What a terminal, a confirmation and a parameter can carry. */
const plain = (text: string) =>
  text
    .replace(/[^\x21-\x7e]+/g, ' ')
    .replaceAll('|', ' ')
    .trim();

export function readLine(file: string): string {
  try {
    return (readFileSync(file, 'utf8').split('\n')[0] ?? '').trim();
  } catch {
    return '';
  }
}
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return '';
  }
}
