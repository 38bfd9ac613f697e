/** A device as a parameter names it: where it is and what tells it from every other one, in words that an admin can read. */
import type { DeviceIdentity } from './media.ts';

const separator = ' | ';

/** `/dev/sdb | SanDisk | Ultra | 4C530001 | 30752636928`; what the device does not say stays empty. */
export const deviceValue = ({ path, vendor, model, serial, bytes }: DeviceIdentity): string => [path, vendor, model, serial, String(bytes)].join(separator);

/** Null where it is no such text. */
export function parseDeviceValue(value: string): DeviceIdentity | null {
  const [path = '', vendor = '', model = '', serial = '', bytes = '', ...more] = value.split(/ ?\| ?/).map((part) => part.trim());
  if (more.length > 0 || !/^\/dev\/[A-Za-z0-9._/-]+$/.test(path) || path.includes('..') || !/^\d{1,15}$/.test(bytes)) return null;
  return { path, vendor, model, serial, bytes: Number(bytes) };
}

/** What has to be typed before it is erased: its serial number, or what else it has. */
export const confirmingText = ({ serial, model, path }: DeviceIdentity): string => serial || model || path;

/** As it is spoken of. */
export const deviceTitle = ({ path, vendor, model, serial, bytes }: DeviceIdentity): string =>
  `${[vendor, model].filter(Boolean).join(' ') || 'a device without a name'}, ${serial ? `serial ${serial}` : 'no serial number'}, ${sizeText(bytes)} (${path})`;

/** As it is printed on the device: in powers of ten. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
