/** A disk image with one FAT32 partition, made without root: its geometry, and the shell text that makes and proves it. Pure. */
import { type Script, sh, type TargetFile } from '../script.ts';

export type PartitionTable = 'gpt' | 'mbr';
export interface FatImage {
  image: TargetFile | string;
  /** What goes onto it; its own name does not. */
  folder: TargetFile | string;
  /** Of the whole image. */
  bytes: number;
  table: PartitionTable;
  /** With GPT: of the kind that file managers show, not the EFI system partition's. */
  shown?: boolean;
  label: string;
  clusterBytes: number;
  /** Eight hexadecimal digits: the serial number of the file system, and what the others are made of. */
  serial: string;
  /** Seconds since 1970: the date of everything on it. */
  time: number;
}

const mebibyte = 1024 * 1024;
const sector = 512;
/** In front of the partition, and behind it for the copy of GPT's table. */
const alignment = mebibyte;
/** FAT32 has at least so many clusters; with fewer, others take it for FAT16. */
const fewestClusters = 65_525;
const mostClusters = 268_435_444;
export const largestFatFile = 4 * 1024 * mebibyte - 1;
export const clusterSizes = [512, 1024, 2048, 4096, 8192, 16_384, 32_768] as const;

/** As Windows chooses it: small where there is little, so that there are enough of them. */
export function usualClusterBytes(imageBytes: number): number {
  if (imageBytes <= 260 * mebibyte) return 512;
  if (imageBytes <= 8192 * mebibyte) return 4096;
  return imageBytes <= 16_384 * mebibyte ? 8192 : imageBytes <= 32_768 * mebibyte ? 16_384 : 32_768;
}

/** Why there can be no such image; null where there can. */
export function whyNoFatImage({ bytes, clusterBytes }: Pick<FatImage, 'bytes' | 'clusterBytes'>): string | null {
  const clusters = partitionBytes(bytes) / clusterBytes;
  // Some are taken by the two tables of clusters themselves, four bytes each.
  if (clusters * (1 - 8 / (clusterBytes + 8)) < fewestClusters + 16)
    return `With clusters of ${clusterBytes} bytes FAT32 needs at least ${Math.ceil((fewestClusters * (clusterBytes + 8)) / mebibyte) + 3} MiB.`;
  return clusters > mostClusters
    ? `With clusters of ${clusterBytes} bytes FAT32 has room for ${Math.floor((mostClusters * clusterBytes) / 2 ** 40)} TiB at most.`
    : null;
}

const partitionBytes = (imageBytes: number) => Math.floor((imageBytes - 2 * alignment) / alignment) * alignment;

/** What `-n` of mkfs.vfat takes: eleven characters, in capitals. */
export const fatLabel = /^[A-Z0-9][A-Z0-9 _-]{0,10}$/;

/** The EFI system partition, which every firmware looks at, and Windows and macOS hide; and plain data, which they show. */
const kinds = { hidden: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', shown: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7' } as const;

/** For the partition at 1 MiB, as sfdisk reads it. */
function partitionLines({ table, bytes, serial, shown = false }: FatImage): string[] {
  const place = `start=${alignment / sector}, size=${partitionBytes(bytes) / sector}`;
  if (table === 'mbr') return ['label: dos', `label-id: 0x${serial}`, `${place}, type=c, bootable`];
  const guid = (last: string) => `${serial}-5742-4F4F-8000-0000000000${last}`.toUpperCase();
  return ['label: gpt', `label-id: ${guid('01')}`, `${place}, type=${shown ? kinds.shown : kinds.hidden}, uuid=${guid('02')}, name="WRENCHBOOK"`];
}

/** Programs, and the Debian packages that bring them. */
export const fatTools = [
  { name: 'sfdisk', package: 'fdisk' },
  { name: 'mkfs.vfat', package: 'dosfstools' },
  { name: 'mcopy', package: 'mtools' },
] as const;

/** Debian keeps two of them where only root looks. */
const lines = (scripts: readonly Script[]): Script => scripts.reduce((all, one) => sh`${all}${one}\n`, sh``);

/** Says what of a folder FAT32 can't hold, each with a line that begins with a fixed word; then how much there is. */
export function checkFolder(folder: TargetFile | string): Script {
  return sh`cd ${folder} || exit 1
${lines(fatTools.map(({ name, package: from }) => sh`command -v ${name} > /dev/null || echo ${`Missing: ${name} is in the package ${from}`}`))}
find -L . -type f -size ${`+${largestFatFile}c`} | sed 's/^/Too large: /'
find . ! -type f ! -type d ! -type l | sed 's/^/No file: /'
find . -type l ! -exec test -e {} \\; -print | sed 's/^/Leads nowhere: /'
find -L . -name '*[":*?<>|\\\\]*' | sed 's/^/Name: /'
find -L . -name '*[. ]' ! -name . | sed 's/^/Name: /'
find -L . | LC_ALL=C tr '[:upper:]' '[:lower:]' | LC_ALL=C sort | uniq -d | sed 's/^/Twice: /'
[ "$(find -L . -name '*
*' | wc -l)" -eq 0 ] || echo ${'Name: one with a line break'}
find -L . ! -type d ! -exec test -r {} \\; -print | sed 's/^/Unreadable: /'
echo "Files: $(find -L . -type f | wc -l), $(du -sk -L . | cut -f 1) KiB"`;
}

/**
 * The same folder, numbers and time give the same bytes, on every machine: names are sorted, dates and serial numbers are given.
 * Nothing that is there is written over.
 */
export function makeFatImage(image: FatImage): Script {
  const { bytes, clusterBytes, serial, label, time } = image;
  return sh`set -e
set -C
: > ${image.image}
set +C
export MTOOLS_SKIP_CHECK=1 TZ=UTC SOURCE_DATE_EPOCH=${time}
dd if=/dev/null of=${image.image} bs=1 seek=${bytes} 2> /dev/null
printf '%s\\n' ${partitionLines(image)} | sfdisk --quiet ${image.image}
mkfs.vfat -F 32 -S ${sector} -s ${clusterBytes / sector} -i ${serial} -n ${label} -h ${alignment / sector} --invariant --offset ${alignment / sector} ${image.image} ${partitionBytes(bytes) / 1024}
image=$(cd "$(dirname ${image.image})" && pwd)/$(basename ${image.image})
cd ${image.folder}
find -L . ! -name . -type d | LC_ALL=C sort | while IFS= read -r folder; do
  mmd -i "$image@@1M" "::$folder"
done
find -L . -type f | LC_ALL=C sort | while IFS= read -r file; do
  mcopy -i "$image@@1M" "$file" "::$file" < /dev/null
done
echo ${'The image is made.'}`;
}

/** Reads every file back out of the image and compares it. */
export function proveFatImage({ image, folder }: Pick<FatImage, 'image' | 'folder'>): Script {
  return sh`export MTOOLS_SKIP_CHECK=1
image=$(cd "$(dirname ${image})" && pwd)/$(basename ${image})
cd ${folder} || exit 1
sfdisk --verify "$image" && find -L . -type f | LC_ALL=C sort | {
  while IFS= read -r file; do
    mcopy -n -i "$image@@1M" "::$file" - < /dev/null | cmp - "$file" || exit 1
  done
  echo ${'Every file in the image is the same as its source.'}
}`;
}
