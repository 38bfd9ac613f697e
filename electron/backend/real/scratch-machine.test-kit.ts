/** A throw-away machine with real sshd and sudo on loopback, for tests of hops. Needs root on Linux; nothing is installed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inOwnNetwork, PortThere, whyNoOwnNetwork } from './own-network.test-kit.ts';
import { type Boot, bootPackages, bootScript, childrenOf, removeGroup, systemdBelow } from './systemd-boot.test-kit.ts';
import { unpackedPackages, unpackedWithNeeds } from './unpacked-packages.test-kit.ts';

const machinePackages = ['openssh-server', 'openssh-sftp-server', 'libwrap0', 'sudo', 'opendoas', 'tmux', 'screen', 'libutempter0', 'libevent-core-2.1-7'];
/** What a machine may have beyond that, and the packages for it. */
const extras = {
  'one-time codes': ['libpam-oath', 'liboath0', 'libpam-google-authenticator'],
  german: ['locales', 'libc-l10n', 'libpam-runtime', 'util-linux-locales', 'bash'],
  containers: [
    ...['podman', 'conmon', 'crun', 'golang-github-containers-common', 'busybox-static'],
    ...['libyajl2', 'libsubid4', 'libgpgme11', 'libassuan0', 'libdevmapper1.02.1', 'libseccomp2'],
  ],
  polkit: ['pkexec', 'polkitd', 'dbus-daemon', 'libduktape207', 'libpolkit-agent-1-0', 'libpolkit-gobject-1-0', 'libglib2.0-0', 'libdbus-1-3'],
  busybox: ['busybox-static'],
  'other shells': ['tcsh', 'fish', 'fish-common', 'libpcre2-32-0', 'zsh', 'zsh-common', 'libcap2', 'ksh93u+m', 'busybox-static'],
} as const;
type Extra = keyof typeof extras;

/** Set-up for a machine with `polkit`: a rule lets wren become root by pkexec, without a question. */
export const polkitWithRule = `
for name in polkitd messagebus; do id "$name" >/dev/null 2>&1 || useradd -r -s /usr/sbin/nologin "$name"; done
chmod u+s /usr/bin/pkexec /usr/lib/polkit-1/polkit-agent-helper-1
mkdir -p /run/dbus /etc/polkit-1/rules.d
cat >/etc/polkit-1/rules.d/10-wren.rules <<'RULE'
polkit.addRule(function (action, subject) {
  if (action.id == "org.freedesktop.policykit.exec" && subject.user == "wren") return polkit.Result.YES;
});
RULE
dbus-daemon --system --fork
/usr/lib/polkit-1/polkitd --no-debug >/dev/null 2>&1 &
until pkaction >/dev/null 2>&1; do sleep 0.05; done
`;

/** Why there can be none here; null where there can. */
export const whyNoScratchMachine: string | null = findReason();
/** Why there can be none with more on it. */
export const whyNoMachineWith = (extra: Extra): string | null => whyNoScratchMachine ?? reasonOf(() => unpackedExtra(extra));

/** The same for any packages of Debian, with what they need. */
export const whyNoMachineWithPackages = (more: readonly string[]): string | null => whyNoScratchMachine ?? reasonOf(() => unpackedMore(more));

/** The same with systemd as its first process. */
export const whyNoMachineThatBoots = (more: readonly string[] = []): string | null =>
  whyNoMachineWithPackages([...more, ...bootPackages]) ??
  (spawnSync('unshare', ['--mount', '--cgroup', 'mount', '-t', 'cgroup2', 'cgroup2', '/mnt']).status === 0
    ? null
    : 'this machine has no control groups of version 2');

const unpackedMore = (more: readonly string[]) => unpackedWithNeeds(more[0] ?? 'more', more);
const unpackedExtra = (extra: Extra) => unpackedPackages(extra.replaceAll(' ', '-'), extras[extra]);

function findReason(): string | null {
  if (process.platform !== 'linux') return 'namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'only root can make the namespaces';
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status !== 0) return 'this machine allows no namespaces';
  if (whyNoOwnNetwork) return whyNoOwnNetwork;
  if (spawnSync('ssh', ['-V']).status !== 0) return 'there is no ssh client (package openssh-client)';
  return reasonOf(() => unpackedPackages('machine', machinePackages));
}

function reasonOf(unpack: () => void): string | null {
  try {
    unpack();
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

export interface MachineOptions {
  extras?: readonly Extra[];
  /** Debian packages beyond that, with what they need; `whyNoMachineWithPackages` says whether they can be had. */
  packages?: readonly string[];
  /**
   * A network namespace to stand in, and its address there; `host`: that of this machine. Else it has one of its own, with nothing but its
   * loopback: a service that it starts serves nobody else. A port of this machine's loopback leads to its sshd.
   */
  at?: { namespace: string; address: string } | 'host';
  /** Its /run/changes shows every file that is not as it is on this machine. */
  changes?: true;
  /** systemd is its first process, else sshd alone is started; `whyNoMachineThatBoots` says whether it can be. */
  boot?: Boot;
}

export class ScratchMachine {
  /** Holds keys and ssh configuration of the client's side. */
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-machine-'));
  readonly address: string;
  readonly port: number;
  private readonly child: ChildProcess;
  private readonly into: PortThere | null;
  /** Name of its control group; empty without systemd. */
  private readonly group: string;
  private said = '';

  /** Boots with `setUp` (sh, as root, before sshd starts) and more lines of sshd_config. Rejects with what it said when it does not. */
  static async start(setUp = '', sshdLines: readonly string[] = [], options: MachineOptions = {}): Promise<ScratchMachine> {
    const into = options.at === undefined ? await PortThere.take() : null;
    const machine = new ScratchMachine(into ?? (await freePort()), setUp, sshdLines, options);
    await into?.leadTo(machine.child.pid ?? 0);
    await (options.boot ? machine.started('') : machine.ready());
    return machine;
  }

  private constructor(
    port: number | PortThere,
    setUp: string,
    sshdLines: readonly string[],
    { extras: wanted = [], packages = [], at, boot, changes }: MachineOptions,
  ) {
    this.port = typeof port === 'number' ? port : port.port;
    this.into = typeof port === 'number' ? null : port;
    const place = at === 'host' ? undefined : at;
    this.address = place?.address ?? '127.0.0.1';
    this.group = boot ? path.basename(this.folder) : '';
    const more = boot ? [...packages, ...bootPackages] : packages;
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(this.folder, 'key')]);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(this.folder, 'host-key')]);
    const unpacked = [unpackedPackages('machine', machinePackages), ...wanted.map(unpackedExtra), ...(more.length > 0 ? [unpackedMore(more)] : [])];
    const scratch = path.resolve('electron/backend/real/scratch-root.sh');
    const command = ['unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', scratch, ...unpacked, '--', 'sh', '-s'];
    const network = place ? ['ip', 'netns', 'exec', place.namespace] : this.into ? inOwnNetwork : [];
    const [program = '', ...args] = [...network, ...command];
    this.child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, CHANGES: changes ? 'yes' : '' } });
    this.child.stdin?.end(initScript(this, setUp, sshdLines) + (boot ? bootScript(this.group, sshd('-D'), boot) : startSshd));
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (bytes) => (this.said = (this.said + bytes).slice(-4000)));
    this.writeConfig();
  }

  get configFile(): string {
    return path.join(this.folder, 'config');
  }
  get knownHosts(): string {
    return path.join(this.folder, 'known_hosts');
  }

  /** Its files, as seen from here. */
  get root(): string {
    return `/proc/${this.firstProcess}/root`;
  }
  private get firstProcess(): string {
    const [first = ''] = childrenOf(String(this.child.pid));
    return this.group ? systemdBelow(first) : first;
  }

  /** Takes the machine's key as known, or another one under its name. */
  know(keyFile = path.join(this.folder, 'host-key.pub')): void {
    const [type, key] = execFileSync('cat', [keyFile], { encoding: 'utf8' }).split(' ');
    writeFileSync(this.knownHosts, `[${this.address}]:${this.port} ${type} ${key}\n`);
  }

  /** Another configuration for the same machine, through this port, with these lines more. */
  configFor(port: number, lines: readonly string[] = []): string {
    const file = path.join(this.folder, `config-${port}-${lines.length}`);
    const known = path.join(this.folder, `known-${port}`);
    writeFileSync(known, `[127.0.0.1]:${port} ${readFileSync(path.join(this.folder, 'host-key.pub'), 'utf8')}`);
    const through = readFileSync(this.configFile, 'utf8').replace(`Port ${this.port}`, `Port ${port}`).replace(this.knownHosts, known);
    writeFileSync(file, through.replace('Host machine\n', `Host machine\n${lines.map((line) => `  ${line}\n`).join('')}`));
    return file;
  }

  /** Runs sh text in it, as root; resolves with what it prints. */
  asRoot(script: string): string {
    return execFileSync('nsenter', ['--target', this.firstProcess, '--mount', '--pid', '--net', '--root', 'sh', '-c', script], { encoding: 'utf8', cwd: '/' });
  }

  /** Its systemd shuts down and starts again; resolves when all its services are there. */
  async restart(): Promise<void> {
    const was = this.firstProcess;
    try {
      this.asRoot('systemctl --no-block reboot 2>&1 || :');
    } catch {
      // Its answer may be lost with the bus, and the shell that asked may be gone with the machine.
    }
    await this.started(was);
  }

  async stop(): Promise<void> {
    this.into?.close();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGKILL'); // with --kill-child, and the first process of a namespace takes all others along
      await gone;
    }
    if (this.group) removeGroup(this.group);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private writeConfig(): void {
    const lines = [
      'Host machine',
      `  HostName ${this.address}`,
      `  Port ${this.port}`,
      '  User wren',
      `  IdentityFile ${path.join(this.folder, 'key')}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${this.knownHosts}`,
      '  GlobalKnownHostsFile none',
    ];
    writeFileSync(this.configFile, `${lines.join('\n')}\n`);
  }

  /** Another systemd than `was` is its first process, has started all, and sshd answers. Rejects after half a minute. */
  private async started(was: string): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const now = this.firstProcess;
      if (now !== '' && now !== was && (await this.greets())) return void this.asRoot('systemctl is-system-running --wait || true');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The scratch machine did not boot: ${this.said}`);
  }
  private greets(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, this.address);
      const settle = (greets: boolean) => {
        socket.destroy();
        resolve(greets);
      };
      socket
        .once('data', () => settle(true))
        .once('error', () => settle(false))
        .once('close', () => settle(false)); // behind a port that leads into its network, before sshd listens
    });
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = setInterval(() => {
        if (!this.said.includes('MACHINE-READY')) return;
        settle(resolve);
      }, 20);
      const timer = setTimeout(() => settle(() => reject(new Error(`The scratch machine did not start: ${this.said}`))), 120_000);
      this.child.once('exit', () => settle(() => reject(new Error(`The scratch machine ended: ${this.said}`))));
      const settle = (then: () => void) => {
        clearInterval(look);
        clearTimeout(timer);
        then();
      };
    });
  }
}

/** Runs as the machine's first process, ends with it, and has users wren (password "sesame", in sudo) and plain (in nothing). */
const initScript = ({ folder, address, port }: ScratchMachine, setUp: string, sshdLines: readonly string[]) => `set -e
exec 2>&1
mkdir -p /run/sshd /etc/ssh /etc/sudoers.d
id sshd >/dev/null 2>&1 || useradd -r -d /run/sshd -s /usr/sbin/nologin sshd
for name in wren plain; do useradd -m -s /bin/bash "$name"; printf '%s:sesame\\n' "$name" | chpasswd; done
printf 'root:open\\n' | chpasswd
printf 'root ALL=(ALL) ALL\\nwren ALL=(ALL) ALL\\nDefaults lecture=never\\n' >/etc/sudoers
chmod 440 /etc/sudoers
mkdir -p /etc/wrench-keys
cat >/etc/wrench-keys/wren <<'KEY'
${execFileSync('cat', [path.join(folder, 'key.pub')], { encoding: 'utf8' }).trim()}
KEY
cp /etc/wrench-keys/wren /etc/wrench-keys/plain
cat >/etc/ssh/host-key <<'KEY'
${execFileSync('cat', [path.join(folder, 'host-key')], { encoding: 'utf8' }).trim()}
KEY
chmod 600 /etc/ssh/host-key
cat >/etc/ssh/sshd_config <<'CONF'
Port ${port}
ListenAddress ${address}
HostKey /etc/ssh/host-key
AuthorizedKeysFile /etc/wrench-keys/%u
UsePAM no
PasswordAuthentication yes
PrintMotd no
PidFile none
${sshdLines.join('\n')}
CONF
${setUp}
`;
const sshd = (...options: string[]) => ['/usr/sbin/sshd', ...options, '-f', '/etc/ssh/sshd_config'].join(' ');
const startSshd = `${sshd()}
echo MACHINE-READY
exec sleep 3600
`;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Folder of the programs that the machine brings along, for tests that need no machine. */
export const machinePrograms = (): string => path.join(unpackedPackages('machine', machinePackages), 'usr', 'bin');
