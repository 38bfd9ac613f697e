/** Looks for Node.js on this machine: compiled roles ask their rules with it, where ansible-playbook runs. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FleetEngine } from '../../../../shared/api/fleet.ts';
import { osRelease, packageFamily, programPath } from './find-ansible.ts';

type NodeEngine = Pick<FleetEngine, 'node' | 'nodeWhy' | 'nodeInstall'>;
/** What the rules are built for. */
const oldestMajor = 18;

/** As a playbook starts it: `WRENCHBOOK_NODE` comes first. Null where there is none. */
export const nodePath = (): string | null => process.env.WRENCHBOOK_NODE ?? programPath('node');

export async function findNode(): Promise<NodeEngine> {
  const missing = (nodeWhy: string): NodeEngine => ({ node: null, nodeWhy, nodeInstall: nodeWays(osRelease(), process.platform) });
  const file = nodePath();
  if (file === null) return missing('node was not found on this computer. Playbooks can still be compiled and saved.');
  try {
    const { stdout } = await promisify(execFile)(file, ['--version'], { timeout: 60_000 });
    const version = stdout.trim().replace(/^v/, '');
    if (Number.parseInt(version, 10) >= oldestMajor) return { node: { path: file, version }, nodeWhy: '', nodeInstall: [] };
    return missing(`${file} is version ${version.slice(0, 40) || 'unknown'}; ${oldestMajor} or later is needed.`);
  } catch (cause) {
    const { message, stderr = '' } = cause as Error & { stderr?: string };
    return missing(`${file} could not be started: ${stderr.trim().split('\n').at(-1) || message}`);
  }
}

const ways = {
  apt: { system: 'Debian, Ubuntu', command: 'sudo apt install nodejs' },
  dnf: { system: 'Fedora, RHEL, Rocky, Alma', command: 'sudo dnf install nodejs' },
  zypper: { system: 'openSUSE', command: 'sudo zypper install nodejs' },
  pacman: { system: 'Arch', command: 'sudo pacman -S nodejs' },
  apk: { system: 'Alpine', command: 'sudo apk add nodejs' },
  brew: { system: 'macOS', command: 'brew install node' },
} satisfies Record<string, FleetEngine['install'][number]>;

/** `release`: text of /etc/os-release. Pure. */
export function nodeWays(release: string, platform: NodeJS.Platform): FleetEngine['install'] {
  if (platform === 'darwin') return [ways.brew];
  if (platform === 'win32') return [];
  const own = packageFamily(release);
  return own ? [ways[own]] : [ways.apt, ways.dnf];
}
