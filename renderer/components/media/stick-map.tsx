/** How the stick will be, from the form of a procedure that makes one. Nothing where the form has no such fields. */
import { parseDeviceValue } from '../../../shared/api/device-value.ts';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { type MapPart, PartitionMap } from './partition-map.tsx';

const mebibyte = 1024 * 1024;

export function StickMap({ parameters }: { parameters: ParameterValues }) {
  const { table, label, what, to, device, fileSize } = parameters;
  if (typeof table !== 'string' || what !== 'files') return null;
  const bytes = to === 'file' ? Number(fileSize) * mebibyte : (parseDeviceValue(String(device))?.bytes ?? 0);
  if (!Number.isFinite(bytes) || bytes < 4 * mebibyte) return null;
  const tableName = table.toUpperCase();
  const parts: MapPart[] = [
    { name: tableName, content: 'table', bytes: mebibyte },
    { name: String(label), content: 'FAT32', bytes: bytes - 2 * mebibyte },
    { name: table === 'gpt' ? 'GPT' : '', content: table === 'gpt' ? 'table, copy' : 'free', bytes: mebibyte },
  ];
  return <PartitionMap label={to === 'file' ? 'How the image will be' : 'How the stick will be'} bytes={bytes} parts={parts} />;
}
