/** Whether rehearsals are sealed here: in a mount and a network namespace of their own (assets/helper/lab-start.sh). */
import { spawnSync } from 'node:child_process';

const asRoot = ['--mount', '--net', 'true'];
const asUser = ['--user', '--map-root-user', '--mount', '--net', 'unshare', '--user', `--map-user=${process.getuid?.()}`, 'true'];

/** Why they are not; null where they are. */
export const whyNoSeal: string | null =
  process.platform !== 'linux'
    ? 'namespaces are Linux’s'
    : [...(process.getuid?.() === 0 ? [asRoot] : []), asUser].some((words) => spawnSync('unshare', words).status === 0)
      ? null
      : 'this machine allows no namespaces';

/** What a sealed terminal showed of files outside the lab that somebody tried to change. */
export const touchedOutside = (shown: string): string[] => [
  ...new Set([...shown.matchAll(/([^\s:'‘"]+)['’"]?: Read-only file system/g)].flatMap(([, file]) => (file === undefined ? [] : [file]))),
];
