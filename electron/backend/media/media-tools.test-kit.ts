/** sfdisk, mkfs.vfat, mcopy and dmg2img, unpacked and not installed. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { unpackedPackages } from '../real/unpacked-packages.test-kit.ts';

let files = '';
/** Why there are none here; null where there are. */
export const whyNoMediaTools: string | null = (() => {
  try {
    files = unpackedPackages('media-tools', ['fdisk', 'dosfstools', 'mtools', 'dmg2img']);
    execFileSync('sfdisk', ['--version'], { env: mediaTools(), stdio: 'pipe' });
    return null;
  } catch (thrown) {
    return (thrown as Error).message.split('\n')[0] ?? 'they do not run';
  }
})();

/** An environment with them on PATH. */
export function mediaTools(): NodeJS.ProcessEnv {
  const places = ['usr/bin', 'usr/sbin'].map((place) => path.join(files, place));
  return { ...process.env, PATH: [...places, process.env.PATH].join(':') };
}
