/** A throw-away machine with real sshd and sudo on loopback, for tests of hops. Needs root on Linux; nothing is installed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

const packages = ['openssh-server', 'openssh-sftp-server', 'libwrap0', 'sudo', 'opendoas'];

/** Why there can be none here; null where there can. */
export const whyNoScratchMachine: string | null = findReason();

function findReason(): string | null {
  if (process.platform !== 'linux') return 'namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'only root can make the namespaces';
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status !== 0) return 'this machine allows no namespaces';
  if (spawnSync('ssh', ['-V']).status !== 0) return 'there is no ssh client (package openssh-client)';
  try {
    unpackedPackages('machine', packages);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

export class ScratchMachine {
  /** Holds keys and ssh configuration of the client's side. */
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-machine-'));
  readonly port: number;
  private readonly child: ChildProcess;
  private said = '';

  /** Boots with `setUp` (sh, as root, before sshd starts) and more lines of sshd_config. Rejects with what it said when it does not. */
  static async start(setUp = '', sshdLines: readonly string[] = []): Promise<ScratchMachine> {
    const machine = new ScratchMachine(await freePort(), setUp, sshdLines);
    await machine.ready();
    return machine;
  }

  private constructor(port: number, setUp: string, sshdLines: readonly string[]) {
    this.port = port;
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(this.folder, 'key')]);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(this.folder, 'host-key')]);
    const unpacked = unpackedPackages('machine', packages);
    const scratch = path.resolve('electron/backend/real/scratch-root.sh');
    this.child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', scratch, unpacked, 'sh', '-s'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdin?.end(initScript(this.folder, port, setUp, sshdLines));
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (bytes) => (this.said = (this.said + bytes).slice(-4000)));
    this.writeConfig();
  }

  get configFile(): string {
    return path.join(this.folder, 'config');
  }
  get knownHosts(): string {
    return path.join(this.folder, 'known_hosts');
  }

  /** Takes the machine's key as known, or another one under its name. */
  know(keyFile = path.join(this.folder, 'host-key.pub')): void {
    const [type, key] = execFileSync('cat', [keyFile], { encoding: 'utf8' }).split(' ');
    writeFileSync(this.knownHosts, `[127.0.0.1]:${this.port} ${type} ${key}\n`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGKILL'); // with --kill-child, and the first process of a namespace takes all others along
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private writeConfig(): void {
    const lines = [
      'Host machine',
      '  HostName 127.0.0.1',
      `  Port ${this.port}`,
      '  User wren',
      `  IdentityFile ${path.join(this.folder, 'key')}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${this.knownHosts}`,
      '  GlobalKnownHostsFile none',
    ];
    writeFileSync(this.configFile, `${lines.join('\n')}\n`);
  }

  private ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = setInterval(() => {
        if (!this.said.includes('MACHINE-READY')) return;
        settle(resolve);
      }, 20);
      const timer = setTimeout(() => settle(() => reject(new Error(`The scratch machine did not start: ${this.said}`))), 30_000);
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
const initScript = (folder: string, port: number, setUp: string, sshdLines: readonly string[]) => `set -e
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
ListenAddress 127.0.0.1
HostKey /etc/ssh/host-key
AuthorizedKeysFile /etc/wrench-keys/%u
UsePAM no
PasswordAuthentication yes
PrintMotd no
PidFile none
${sshdLines.join('\n')}
CONF
${setUp}
/usr/sbin/sshd -f /etc/ssh/sshd_config
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
