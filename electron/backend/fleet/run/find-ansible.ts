/** Looks for ansible-core on this machine, and says how it is installed where it is missing. */
import { execFile } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { FleetEngine } from '../../../../shared/api/fleet.ts';
import { knownVersion, noteVersion } from './known-ansible.ts';

type Install = FleetEngine['install'][number];
const oldest: readonly [number, number] = [2, 12];
/** An app that is started from a desktop has a short PATH: the usual places of pipx, pip and Homebrew are looked at too. */
const morePlaces = () => [path.join(homedir(), '.local', 'bin'), '/opt/homebrew/bin', '/usr/local/bin'];

export function programPath(name: string, search = process.env.PATH ?? ''): string | null {
  for (const folder of [...search.split(path.delimiter).filter(path.isAbsolute), ...morePlaces()]) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here
    }
  }
  return null;
}

type AnsibleEngine = Pick<FleetEngine, 'ansible' | 'why' | 'install'>;

/** `dataFolder`: remembers what it said, as asking takes a while. */
export async function findAnsible(dataFolder: string): Promise<AnsibleEngine> {
  const install = installWays(osRelease(), process.platform);
  const missing = (why: string): AnsibleEngine => ({ ansible: null, why, install });
  if (process.platform === 'win32')
    return missing('Ansible does not run on Windows itself. Export the playbook and run it in WSL, or on a Linux or macOS machine.');
  const file = programPath('ansible-playbook');
  if (file === null) return missing('ansible-playbook was not found on this computer. Playbooks can still be compiled and exported.');
  try {
    const known = knownVersion(dataFolder, file);
    const stdout = known ?? (await askVersion(file));
    if (known === null) noteVersion(dataFolder, file, stdout);
    const version = /\[core (\d{1,4})\.(\d{1,4})|^ansible-playbook (\d{1,4})\.(\d{1,4})/m.exec(stdout);
    const [major, minor] = [Number(version?.[1] ?? version?.[3] ?? 0), Number(version?.[2] ?? version?.[4] ?? 0)];
    const shown = /\d{1,4}\.\d{1,4}[\w.]*/.exec(stdout)?.[0] ?? 'unknown';
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) return missing(`${file} is version ${shown}; 2.12 or later is needed.`);
    return { ansible: { path: file, version: shown }, why: '', install };
  } catch (cause) {
    const { message, stderr = '' } = cause as Error & { stderr?: string };
    return missing(`${file} could not be started: ${stderr.trim().split('\n').at(-1) || message}`);
  }
}

const askVersion = async (file: string): Promise<string> =>
  (await promisify(execFile)(file, ['--version'], { timeout: 60_000, env: { ...process.env, LC_ALL: 'C.UTF-8' } })).stdout;

export function needAnsible(engine: AnsibleEngine): { path: string; version: string } {
  if (engine.ansible) return engine.ansible;
  const [first] = engine.install;
  throw new WrenchbookError('does-not-apply', engine.why, first ? `Install ansible-core: ${first.command}` : 'Run the exported playbook on another machine.');
}

const ways = {
  apt: { system: 'Debian, Ubuntu', command: 'sudo apt install ansible-core' },
  dnf: { system: 'Fedora, RHEL, Rocky, Alma', command: 'sudo dnf install ansible-core' },
  zypper: { system: 'openSUSE', command: 'sudo zypper install ansible-core' },
  pacman: { system: 'Arch', command: 'sudo pacman -S ansible-core' },
  apk: { system: 'Alpine', command: 'sudo apk add ansible-core' },
  brew: { system: 'macOS', command: 'brew install ansible' },
  pipx: { system: 'any, for this user only', command: 'pipx install ansible-core' },
} satisfies Record<string, Install>;
type Family = 'apt' | 'dnf' | 'zypper' | 'pacman' | 'apk';
const byFamily: readonly [RegExp, Family][] = [
  [/\b(?:debian|ubuntu)\b/, 'apt'],
  [/\b(?:fedora|rhel|centos)\b/, 'dnf'],
  [/\b(?:suse|opensuse)\b/, 'zypper'],
  [/\barch\b/, 'pacman'],
  [/\balpine\b/, 'apk'],
];

/** The system's own packages; undefined where it is not known. `release`: text of /etc/os-release. Pure. */
export function packageFamily(release: string): Family | undefined {
  const ids = [...release.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].map(([, value = '']) => value.replaceAll(/["-]/g, ' ')).join(' ');
  return byFamily.find(([pattern]) => pattern.test(ids))?.[1];
}

/** The system's own package first. `release`: text of /etc/os-release. Pure. */
export function installWays(release: string, platform: NodeJS.Platform): Install[] {
  if (platform === 'darwin') return [ways.brew, ways.pipx];
  if (platform === 'win32') return [];
  const own = packageFamily(release);
  return own ? [ways[own], ways.pipx] : [ways.pipx, ways.apt, ways.dnf];
}

export function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
