/** Debian's kernel for virtual machines: a tenth of the usual one, with software RAID and mlx4. */
import { spawnSync } from 'node:child_process';

/** The package that linux-image-cloud-amd64 stands for; null where there is none. */
export const cloudKernel: string | null =
  /Depends: (linux-image-\S+)/.exec(spawnSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? null;
