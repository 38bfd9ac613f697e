/** What `lsblk --json` tells: disks, and what lies on them, as a tree. */
import { z } from 'zod';

/** What is asked for. Before util-linux 2.37 there is no MOUNTPOINTS. */
export const columns = (mounts: 'MOUNTPOINTS' | 'MOUNTPOINT') => `NAME,KNAME,PATH,TYPE,SIZE,RO,RM,HOTPLUG,TRAN,FSTYPE,LABEL,LOG-SEC,${mounts}`;

/** Numbers and truth values are text in older versions. */
const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const truth = z.union([z.boolean(), z.enum(['0', '1']).transform((value) => value === '1')]);
const word = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

export interface BlockNode {
  name: string;
  path: string;
  /** `disk`, `part`, `loop`, `crypt`, `lvm`, `raid1`, `rom` … */
  type: string;
  bytes: number;
  readOnly: boolean;
  removable: boolean;
  bus: string;
  /** File system or signature; where there is udev, or for root. */
  content: string;
  label: string;
  sectorBytes: number;
  mountPoints: string[];
  children: BlockNode[];
}

const node: z.ZodType<BlockNode> = z
  .object({
    kname: z.string(),
    path: z.string(),
    type: z.string(),
    size: count,
    ro: truth,
    rm: truth,
    hotplug: truth,
    tran: word,
    fstype: word,
    label: word,
    'log-sec': count,
    mountpoint: z.string().nullish(),
    mountpoints: z.array(z.string().nullable()).nullish(),
    get children() {
      return z.array(node).nullish();
    },
  })
  .transform((from) => ({
    name: from.kname,
    path: from.path,
    type: from.type,
    bytes: from.size,
    readOnly: from.ro,
    removable: from.rm || from.hotplug,
    bus: from.tran,
    content: from.fstype,
    label: from.label,
    sectorBytes: from['log-sec'],
    mountPoints: [...(from.mountpoints ?? []), from.mountpoint].filter((place) => typeof place === 'string'),
    children: from.children ?? [],
  }));

/** One that can't be read, with all that lies on it, is left out: it costs the others nothing. Throws where it is something else. */
export const parseLsblk = (json: string): BlockNode[] =>
  z
    .object({ blockdevices: z.array(z.unknown()) })
    .parse(JSON.parse(json))
    .blockdevices.flatMap((one) => {
      const read = node.safeParse(one);
      return read.success ? [read.data] : [];
    });

/** It and all that lies on it. */
export const withinNode = (root: BlockNode): BlockNode[] => [root, ...root.children.flatMap(withinNode)];
