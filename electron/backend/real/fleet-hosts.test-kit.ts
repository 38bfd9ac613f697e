/** Many small sshd "hosts" on one throw-away machine, each with a private root of what is written to, and Debian's ansible-core to reach them. */
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';
import { unpackedWithNeeds } from './unpacked-packages.test-kit.ts';

const ansible = () => unpackedWithNeeds('ansible-core', ['ansible-core']);

/** Why there can be none here; null where there can. */
export const whyNoFleetHosts: string | null = whyNoScratchMachine ?? reason();
function reason(): string | null {
  try {
    ansible();
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

export interface HostSetUp {
  /** Its sshd is not started. */
  down?: boolean;
  /** Its host key is not known here. */
  unknown?: boolean;
  /** sh text, run as root in it before its sshd is. */
  setUp?: string;
}

export class FleetHosts {
  readonly names: string[];
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-'));
  private readonly machine: ScratchMachine;

  /**
   * Named web01, web02, …; all have the user wren, who may become root with the password "sesame". `before`: sh
   * text for the machine that they share; `places`: folders that each has for itself, besides those that are usual.
   */
  static async start(hosts: readonly HostSetUp[], { before = '', places = [] }: { before?: string; places?: readonly string[] } = {}): Promise<FleetHosts> {
    const each = hosts.map(({ down, setUp = '' }, at) => (down ? '' : hostScript(at + 1, setUp, places))).join('\n');
    const machine = await ScratchMachine.start(`${before}\n${each}`, [], { at: 'host' });
    return new FleetHosts(machine, hosts);
  }

  private constructor(machine: ScratchMachine, hosts: readonly HostSetUp[]) {
    this.machine = machine;
    this.names = hosts.map((_, at) => nameOf(at + 1));
    const blocks = this.names.map((name, at) =>
      [
        `Host ${name}`,
        ...[`HostName ${addressOf(at + 1)}`, `Port ${machine.port}`, 'User wren', `IdentityFile ${path.join(machine.folder, 'key')}`, 'IdentitiesOnly yes'].map(
          (line) => `  ${line}`,
        ),
        ...[`UserKnownHostsFile ${path.join(this.folder, 'known_hosts')}`, 'GlobalKnownHostsFile none', 'ConnectTimeout 5'].map((line) => `  ${line}`),
      ].join('\n'),
    );
    writeFileSync(path.join(this.folder, 'config'), `${blocks.join('\n')}\n`);
    writeFileSync(this.knownHosts, '');
    for (const [at, name] of this.names.entries()) if (!hosts[at]?.unknown) this.know(name);
    // Debian's own Python, whatever else is first on PATH here.
    const bin = path.join(this.folder, 'bin');
    mkdirSync(bin);
    const unpacked = ansible();
    const wrapper = path.join(bin, 'ansible-playbook');
    writeFileSync(
      wrapper,
      `#!/bin/sh\nexport PYTHONPATH='${unpacked}/usr/lib/python3/dist-packages'\nexec /usr/bin/python3 '${unpacked}/usr/bin/'"\${0##*/}" "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    symlinkSync('ansible-playbook', path.join(bin, 'ansible-inventory'));
    mkdirSync(path.join(this.folder, 'home'));
  }

  /** For a process that is to find this Ansible and these hosts. */
  get environment(): Record<string, string> {
    return {
      ...(process.env as Record<string, string>),
      PATH: `${path.join(this.folder, 'bin')}:${process.env.PATH ?? ''}`,
      HOME: path.join(this.folder, 'home'),
      WRENCHBOOK_SSH_CONFIG: path.join(this.folder, 'config'),
    };
  }

  /** Runs sh text in a host, as root; resolves with what it prints. */
  on(name: string, script: string): string {
    return this.machine.asRoot(`nsenter --target "$(cat /run/host-${name}.pid)" --mount --uts sh -c ${quoted(script)}`);
  }
  /** Takes its key as known. */
  know(name: string): void {
    const key = readFileSync(path.join(this.machine.folder, 'host-key.pub'), 'utf8').trim();
    appendFileSync(this.knownHosts, `[${addressOf(Number(name.slice(3)))}]:${this.machine.port} ${key}\n`);
  }
  private get knownHosts(): string {
    return path.join(this.folder, 'known_hosts');
  }
  /** Starts the sshd of one that was down. */
  up(name: string): void {
    this.machine.asRoot(`${hostScript(Number(name.slice(3)), '')}`);
  }
  async stop(): Promise<void> {
    await this.machine.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const nameOf = (number: number) => `web${String(number).padStart(2, '0')}`;
const addressOf = (number: number) => `127.0.1.${number}`;
const quoted = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;

function hostScript(number: number, setUp: string, places: readonly string[] = []): string {
  const name = nameOf(number);
  const inside = `echo $$ >/run/host-${name}.pid
for place in ${['/etc', '/srv', '/home', '/var/lib', ...places].join(' ')}; do mkdir -p "/run/roots/${name}$place/up" "/run/roots/${name}$place/work"; mount -t overlay overlay -o "lowerdir=$place,upperdir=/run/roots/${name}$place/up,workdir=/run/roots/${name}$place/work" "$place"; done
mount -t tmpfs -o mode=1777 tmpfs /tmp
hostname ${name}
mkdir -p /srv/data
${setUp}
exec /usr/sbin/sshd -D -f /etc/ssh/sshd_config`;
  return `mountpoint -q /run/roots || { mkdir -p /run/roots; mount -t tmpfs tmpfs /run/roots; }
sed 's/^ListenAddress .*/ListenAddress ${addressOf(number)}/' /etc/ssh/sshd_config >/run/sshd-${name}
unshare --mount --uts sh -c ${quoted(inside.replace('/etc/ssh/sshd_config', `/run/sshd-${name}`))} </dev/null >/run/host-${name}.log 2>&1 &
until ls /run/host-${name}.pid >/dev/null 2>&1; do sleep 0.02; done`;
}
