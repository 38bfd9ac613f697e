/** Many small sshd "hosts" on one throw-away machine, each with a private root of what is written to, and Debian's ansible-core to reach them. */
import { execFileSync, spawnSync } from 'node:child_process';
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

/** Makes a folder for PATH with ansible-playbook and ansible-inventory, by Debian's own Python, whatever else is first on PATH here. */
export function writeAnsible(folder: string): void {
  mkdirSync(folder);
  const unpacked = ansible();
  const wrapper = path.join(folder, 'ansible-playbook');
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexport PYTHONPATH='${unpacked}/usr/lib/python3/dist-packages'\nexec /usr/bin/python3 '${unpacked}/usr/bin/'"\${0##*/}" "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  symlinkSync('ansible-playbook', path.join(folder, 'ansible-inventory'));
}

export interface HostSetUp {
  /** Its sshd is not started. */
  down?: boolean;
  /** Its host key is not known here. */
  unknown?: boolean;
  /** sh text, run as root in it before its sshd is. */
  setUp?: string;
  /** Seconds that each command waits there. */
  slow?: number;
}
export interface FleetSurroundings {
  /** Debian packages that all of them have. */
  packages?: readonly string[];
  /**
   * A network of their own, in which each host has an interface: what is to reach them has to be started with `inNetwork` in front. Else
   * they have addresses of this machine's loopback.
   */
  network?: true;
  /** Folders that are private to each host besides the usual ones. */
  places?: readonly string[];
  /** sh text for the machine that they share, run before theirs. */
  before?: string;
}

export class FleetHosts {
  readonly names: string[];
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-fleet-'));
  private readonly machine: ScratchMachine;
  private readonly namespace: string;
  private readonly make: Making;

  /** Named web01, web02, …; all have the user wren, who may become root with the password "sesame". */
  static async start(hosts: readonly HostSetUp[], { packages = [], network, places = [], before = '' }: FleetSurroundings = {}): Promise<FleetHosts> {
    const namespace = network ? `wb-fleet-${process.pid}` : '';
    const make = { networked: network === true, places: [...usualPlaces, ...places] };
    const each = hosts.map(({ down, ...setUp }, at) => (down ? '' : hostScript(at + 1, setUp, make))).join('\n');
    if (network) addNetwork(namespace);
    try {
      const machine = await ScratchMachine.start(`${before}\n${each}`, [], { at: network ? { namespace, address: '127.0.0.1' } : 'host', packages });
      return new FleetHosts(machine, hosts, namespace, make);
    } catch (thrown) {
      if (network) spawnSync('ip', ['netns', 'del', namespace]);
      throw thrown;
    }
  }

  private constructor(machine: ScratchMachine, hosts: readonly HostSetUp[], namespace: string, make: Making) {
    this.machine = machine;
    this.namespace = namespace;
    this.make = make;
    this.names = hosts.map((_, at) => nameOf(at + 1));
    const blocks = this.names.map((name, at) =>
      [
        `Host ${name}`,
        ...[
          `HostName ${addressOf(at + 1, make)}`,
          `Port ${machine.port}`,
          'User wren',
          `IdentityFile ${path.join(machine.folder, 'key')}`,
          'IdentitiesOnly yes',
        ].map((line) => `  ${line}`),
        ...[`UserKnownHostsFile ${path.join(this.folder, 'known_hosts')}`, 'GlobalKnownHostsFile none', 'ConnectTimeout 5'].map((line) => `  ${line}`),
      ].join('\n'),
    );
    writeFileSync(path.join(this.folder, 'config'), `${blocks.join('\n')}\n`);
    writeFileSync(this.knownHosts, '');
    for (const [at, name] of this.names.entries()) if (!hosts[at]?.unknown) this.know(name);
    writeAnsible(path.join(this.folder, 'bin'));
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

  /** In front of a command that is to reach them; empty where this machine does. */
  get inNetwork(): string[] {
    return this.namespace ? ['ip', 'netns', 'exec', this.namespace] : [];
  }

  /** Runs sh text in a host, as root; resolves with what it prints. */
  on(name: string, script: string): string {
    return this.machine.asRoot(`nsenter --target "$(cat /run/host-${name}.pid)" --mount --uts sh -c ${quoted(script)}`);
  }
  /** What a host has in its private folders, and the machine has not: kinds, modes, owners, links and contents, without times. */
  rootOf(name: string): string {
    const pairs = this.make.places.map((place) => `${place} ${rootsOf(name)}${place}/up`).join(' ');
    return this.machine.asRoot(`/usr/bin/python3 - ${pairs} <<'PROGRAM' | sort\n${readFileSync('electron/backend/real/changed-files.py', 'utf8')}PROGRAM`);
  }
  /** Cuts its cable, or plugs it in again. */
  cable(name: string, state: 'up' | 'down'): void {
    this.machine.asRoot(`ip link set dev ${wireOf(Number(name.slice(3)))} ${state}`);
  }
  /** Takes its key as known. */
  know(name: string): void {
    const key = readFileSync(path.join(this.machine.folder, 'host-key.pub'), 'utf8').trim();
    appendFileSync(this.knownHosts, `[${addressOf(Number(name.slice(3)), this.make)}]:${this.machine.port} ${key}\n`);
  }
  /** Its key is not known any more. */
  forget(name: string): void {
    const address = `[${addressOf(Number(name.slice(3)), this.make)}]:`;
    const kept = readFileSync(this.knownHosts, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith(address));
    writeFileSync(this.knownHosts, kept.join('\n'));
  }
  /** Ends its sshd; its files stay. */
  down(name: string): void {
    this.machine.asRoot(`kill "$(cat /run/host-${name}.pid)"`);
  }
  private get knownHosts(): string {
    return path.join(this.folder, 'known_hosts');
  }
  /** Starts the sshd of one that was down. */
  up(name: string): void {
    this.machine.asRoot(hostScript(Number(name.slice(3)), {}, this.make));
  }
  async stop(): Promise<void> {
    await this.machine.stop();
    if (this.namespace) spawnSync('ip', ['netns', 'del', this.namespace]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const usualPlaces = ['/etc', '/srv', '/home', '/var/lib'];
interface Making {
  networked: boolean;
  places: readonly string[];
}

const nameOf = (number: number) => `web${String(number).padStart(2, '0')}`;
/** 198.18.0.0/15 is for tests (RFC 2544). */
const addressOf = (number: number, { networked }: Making) => (networked ? `198.18.${Math.floor(number / 250)}.${(number % 250) + 1}` : `127.0.1.${number}`);
const rootsOf = (name: string) => `/run/roots/${name}`;
const wireOf = (number: number) => `wire${number}`;
const quoted = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;

/** A switch, to which the hosts will be plugged. */
function addNetwork(namespace: string): void {
  execFileSync('ip', ['netns', 'add', namespace]);
  for (const words of ['link set lo up', 'link add switch type bridge', 'address add 198.18.255.254/16 dev switch', 'link set switch up'])
    execFileSync('ip', ['-n', namespace, ...words.split(' ')]);
}

function hostScript(number: number, { setUp = '', slow = 0 }: HostSetUp, make: Making): string {
  const name = nameOf(number);
  const address = addressOf(number, make);
  const plugged = `until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip address add ${address}/16 dev eth0
ip link set eth0 up
ip link set lo up`;
  const inside = `echo $$ >/run/host-${name}.pid
${make.networked ? plugged : ''}
for place in ${make.places.join(' ')}; do mkdir -p "${rootsOf(name)}$place/up" "${rootsOf(name)}$place/work"; mount -t overlay overlay -o "lowerdir=$place,upperdir=${rootsOf(name)}$place/up,workdir=${rootsOf(name)}$place/work" "$place"; done
mount -t tmpfs -o mode=1777 tmpfs /tmp
hostname ${name}
mkdir -p /srv/data
${setUp}
exec /usr/sbin/sshd -D -f /run/sshd-${name}`;
  const plug = `ip link del ${wireOf(number)} 2>/dev/null || :
ip link add ${wireOf(number)} type veth peer name eth0 netns "$(cat /run/host-${name}.pid)"
ip link set dev ${wireOf(number)} master switch up`;
  const waits = slow > 0 ? `echo 'ForceCommand sleep ${slow}; eval "$SSH_ORIGINAL_COMMAND"' >>/run/sshd-${name}` : '';
  return `rm -f /run/host-${name}.pid
mountpoint -q /run/roots || { mkdir -p /run/roots; mount -t tmpfs tmpfs /run/roots; }
sed 's/^ListenAddress .*/ListenAddress ${address}/' /etc/ssh/sshd_config >/run/sshd-${name}
${waits}
unshare --mount --uts ${make.networked ? '--net' : ''} sh -c ${quoted(inside)} </dev/null >/run/host-${name}.log 2>&1 &
until [ -s /run/host-${name}.pid ]; do sleep 0.02; done
${make.networked ? plug : ''}`;
}
