/**
 * Rehearsals' folders as hosts for Ansible: a namespace each, in which the lab's root is `/`. In place of ssh there is a program that enters
 * it, so what a role does there is done with the PATH, the variables and the files that a rehearsal has. Needs root on Linux.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Systems } from '../../../shared/topic-kit/index.ts';
import { writeSystem } from './lab-host-system.test-kit.ts';
import { childrenOf } from './systemd-boot.test-kit.ts';

export const whyNoLabHosts: string | null =
  process.platform !== 'linux'
    ? 'namespaces are Linux’s'
    : process.getuid?.() !== 0
      ? 'only root can make the namespaces'
      : overlayHere()
        ? null
        : 'no overlay can be mounted over a folder of the temporary files';

function overlayHere(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-overlay-'));
  const script = 'cd "$1" && mkdir up work to && mount -t overlay overlay -o lowerdir=/usr,upperdir=up,workdir=work to';
  const { status } = spawnSync('unshare', ['--mount', '--net', 'sh', '-c', script, 'sh', folder]);
  rmSync(folder, { recursive: true, force: true });
  return status === 0;
}

export interface LabPlace {
  /** The rehearsal's folder. */
  lab: string;
  /** What it is called in the host: paths in what tools write are those of the run that it is compared with. */
  name: string;
  topicId: string;
  /** Of several, the one that this host is. */
  machine?: string;
  links: string;
  systems: Systems;
}

export class LabHost {
  private readonly place: LabPlace;
  private readonly child: ChildProcess;
  private readonly scratch: string;
  private said = '';

  static async start(place: LabPlace): Promise<LabHost> {
    const host = new LabHost(place);
    await host.ready();
    return host;
  }

  private constructor(place: LabPlace) {
    this.place = place;
    this.scratch = mkdtempSync(`${place.lab}-host-`);
    const script = path.resolve('electron/backend/real/lab-hosts.sh');
    const words = [this.folder, place.name, place.lab, path.resolve('assets/lab'), place.links, this.system, path.join(this.scratch, 'work')];
    writeSystem(this.system, place);
    mkdirSync(path.join(this.scratch, 'work'));
    mkdirSync(path.join(this.folder, 'root'), { recursive: true });
    this.child = spawn('unshare', ['--mount', '--net', '--fork', '--kill-child', 'sh', script, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (bytes) => (this.said += bytes));
  }

  get folder(): string {
    return path.join(this.place.lab, this.place.machine ?? '');
  }
  get root(): string {
    return path.join(this.folder, 'root');
  }
  private get system(): string {
    return path.join(this.scratch, 'system');
  }
  /** Of its shell, as `assets/helper/lab-start.sh` sets it. */
  private get variables(): string[] {
    const { topicId, name, machine } = this.place;
    const lab = path.join(name, machine ?? '');
    const kept = ['USER', 'LOGNAME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'].flatMap((each) =>
      process.env[each] === undefined ? [] : [`${each}=${process.env[each]}`],
    );
    return [
      ...kept,
      'HOME=/.wb/home',
      'WRENCHBOOK_LAB_SPEED=0',
      `WRENCHBOOK_LAB=${lab}`,
      `TMPDIR=${lab}/tmp`,
      `PATH=/.wb/system/first:/.wb/tools/${topicId}:/.wb/tools/common:/.wb/links:/.wb/system/last`,
      ...(machine ? [`WRENCHBOOK_MACHINE=${machine}`] : []),
    ];
  }

  /** A program that takes ssh's arguments, and runs the command here. */
  writeEntrance(file: string): string {
    const quoted = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;
    const down = quoted(path.join(this.system, 'down'));
    const [pid = ''] = childrenOf(String(this.child.pid));
    const inside = `cd "$WRENCHBOOK_LAB" && umask 022 && eval "$1"`;
    writeFileSync(
      file,
      `#!/bin/sh
for command; do :; done
[ ! -e ${down} ] || { rm ${down}; echo 'Connection refused' >&2; exit 255; }
# Ansible's own way to bring a file: not with a program that the lab simulates.
case $command in *'dd of=/.wb/home/tmp/'*) command="PATH=/usr/bin:/bin; $command" ;; esac
exec nsenter --target ${pid} --mount --net chroot ${quoted(this.root)} /usr/bin/env -i ${this.variables.map(quoted).join(' ')} /bin/sh -c ${quoted(inside)} sh "$command"
`,
    );
    chmodSync(file, 0o755);
    return file;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.scratch, { recursive: true, force: true });
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.stdout?.on('data', () => this.said.includes('READY') && resolve());
      this.child.once('exit', () => reject(new Error(`The lab did not become a host: ${this.said}`)));
    });
  }
}
