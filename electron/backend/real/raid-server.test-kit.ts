/**
 * A virtual server in QEMU, emulated, whose /boot is on software RAID: Debian's kernel, mdadm and GRUB, and a root of busybox with sshd in
 * memory. Its disks are files, and can be started from one by one. About 15 s to its login. Packages are unpacked, not installed.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { cloudKernel } from './cloud-kernel.test-kit.ts';
import { copyProgram, packRoot, writeTexts } from './small-root.test-kit.ts';
import { qemu, whyNoUefiServer } from './uefi-server.test-kit.ts';
import { unpackedPackages, unpackedWithNeeds } from './unpacked-packages.test-kit.ts';

let kernel = '';
let tools = '';
/** Why there can be none here; null where there can. */
export const whyNoRaidServer: string | null = whyNoUefiServer ?? findReason();

function findReason(): string | null {
  try {
    if (cloudKernel === null) return 'there is no kernel package for it';
    kernel = unpackedPackages('cloud-kernel', [cloudKernel]);
    tools = unpackedWithNeeds('raid', [
      ...['mdadm', 'fdisk', 'dosfstools', 'busybox-static', 'openssh-server', 'openssh-sftp-server'],
      ...['grub2-common', 'grub-pc-bin', 'grub-efi-amd64-bin', 'efibootmgr'],
    ]);
    for (const program of ['/usr/sbin/mke2fs', '/usr/bin/lsblk', '/usr/bin/findmnt', '/usr/bin/cksum'])
      if (!existsSync(program)) return `there is no ${program}`;
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

const modules = [
  ...['virtio/virtio_ring', 'virtio/virtio', 'virtio/virtio_pci_legacy_dev', 'virtio/virtio_pci_modern_dev', 'virtio/virtio_pci', 'block/virtio_blk'],
  ...['md/md-mod', 'md/raid1', 'md/raid10'],
];
const moreModules = [
  'net/core/failover',
  'drivers/net/net_failover',
  'drivers/net/virtio_net',
  'fs/fat/fat',
  'fs/fat/vfat',
  'fs/nls/nls_cp437',
  'fs/nls/nls_ascii',
  'fs/efivarfs/efivarfs',
];

const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run/sshd /var/lib/wrenchbook; mount -t devpts devpts /dev/pts
for module in ${[...modules, ...moreModules].map((name) => path.basename(name)).join(' ')}; do insmod /modules/$module.ko; done
[ ! -d /sys/firmware/efi ] || mount -t efivarfs efivarfs /sys/firmware/efi/efivars
ip address add 10.0.2.15/24 dev eth0; ip link set eth0 up; ip link set lo up
sh /set-up && echo 'The server is set up.'
/bin/sshd -e -f /etc/ssh/sshd_config && echo 'The server answers.'
while :; do sleep 1000; done
`;

export interface RaidServerOptions {
  firmware: 'bios' | 'uefi';
  disks: number;
  /** As root, before sshd starts: the disks are /dev/vda and so on, and the kernel is in /kernel. */
  setUp: string;
}

export class RaidServer {
  private readonly folder: string;
  private readonly options: RaidServerOptions;
  private readonly machine: ChildProcess;
  private said = '';
  readonly configFile: string;
  /** One logs in as root, and there is no sudo. */
  readonly wayToRoot = 'su';

  /** Resolves when sshd answers. */
  static async start(folder: string, options: RaidServerOptions): Promise<RaidServer> {
    const server = new RaidServer(folder, options, await freePort());
    try {
      await server.comesUp();
      return server;
    } catch (thrown) {
      await server.stop();
      throw thrown;
    }
  }

  private constructor(folder: string, options: RaidServerOptions, port: number) {
    this.folder = folder;
    this.options = options;
    this.configFile = path.join(folder, 'config');
    for (const name of ['key', 'host-key']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
    const known = path.join(folder, 'known_hosts');
    writeFileSync(known, `[127.0.0.1]:${port} ${readFileSync(path.join(folder, 'host-key.pub'), 'utf8')}`);
    const lines = ['Host machine', 'HostName 127.0.0.1', `Port ${port}`, 'User root', `IdentityFile ${path.join(folder, 'key')}`, 'IdentitiesOnly yes'];
    writeFileSync(this.configFile, `${[...lines, `UserKnownHostsFile ${known}`, 'GlobalKnownHostsFile none'].join('\n  ')}\n`);
    this.writeRoot(options.setUp);
    for (let disk = 0; disk < options.disks; disk += 1) {
      writeFileSync(this.disk(disk), '');
      truncateSync(this.disk(disk), 160 * 2 ** 20);
    }
    const network = ['-netdev', `user,id=net,hostfwd=tcp:127.0.0.1:${port}-10.0.2.15:22`, '-device', 'virtio-net-pci,netdev=net,romfile='];
    const drives = Array.from({ length: options.disks }, (_, disk) => ['-drive', `file=${this.disk(disk)},format=raw,if=virtio`]).flat();
    this.machine = this.boot([
      ...['-m', '512', ...drives, '-drive', `file=${path.join(folder, 'vmlinuz')},format=raw,if=virtio,readonly=on`, ...network],
      ...['-kernel', path.join(folder, 'vmlinuz'), '-initrd', path.join(folder, 'root.cpio'), '-append', 'console=ttyS0 quiet rdinit=/init'],
    ]);
    this.machine.stdout?.on('data', (bytes) => (this.said += bytes));
  }

  private disk(number: number) {
    return path.join(this.folder, `disk-${number}`);
  }

  /** Runs sh text in it, as root; returns what it prints. */
  asRoot(script: string): string {
    return execFileSync('ssh', ['-F', this.configFile, '-o', 'LogLevel=ERROR', 'machine', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /**
   * What a machine says on its serial console, and its firmware, that has only this disk as it is now: until the kernel's first line, or until
   * the firmware has found nothing to start. A BIOS that jumps into a first sector without boot code says nothing any more: `silent` is for how
   * many seconds then nobody has to say anything. The disk itself stays as it is.
   */
  async startFrom(disk: number, silent = 240): Promise<string> {
    this.asRoot('sync');
    const copy = `${this.disk(disk)}.copy`;
    execFileSync('cp', ['--sparse=always', this.disk(disk), copy]);
    const machine = this.boot(['-m', '256', '-nic', 'none', '-drive', `file=${copy},format=raw,if=virtio`]);
    let said = '';
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, 240_000);
      machine.stdout?.on('data', (bytes) => {
        said += bytes;
        if (!/Linux version|No bootable device|No bootable option|UEFI Interactive Shell/.test(said) && !said.includes('Booting from 0000:7c00')) return;
        clearTimeout(timer);
        if (said.includes('Linux version') || !said.includes('Booting from 0000:7c00')) resolve();
        else timer = setTimeout(resolve, silent * 1000);
      });
    });
    await ended(machine);
    return said;
  }

  async stop(): Promise<void> {
    await ended(this.machine);
  }

  private async comesUp(): Promise<void> {
    await this.says('The server answers.');
    if (!this.said.includes('The server is set up.')) throw new Error(`It was not set up: ${this.said}`);
    // Its sshd says so before it listens.
    for (let tries = 0; ; tries += 1)
      try {
        this.asRoot('true');
        return;
      } catch (thrown) {
        if (tries >= 20) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
  }

  private async says(text: string): Promise<void> {
    for (let tries = 0; tries < 1200; tries += 1) {
      if (this.said.includes(text)) return;
      if (this.machine.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The server did not say "${text}": ${this.said.slice(-3000)}`);
  }

  private boot(args: readonly string[]): ChildProcess {
    const { program, environment, files } = qemu();
    const variables = path.join(this.folder, 'vars.fd');
    if (!existsSync(variables)) copyFileSync(path.join(files, 'usr/share/OVMF/OVMF_VARS_4M.fd'), variables);
    const firmware =
      this.options.firmware === 'uefi'
        ? [
            ...['-machine', 'q35', '-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${files}/usr/share/OVMF/OVMF_CODE_4M.fd`],
            // What a start writes there is forgotten.
            ...['-drive', `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
          ]
        : [];
    const places = ['-L', path.join(files, 'usr/share/qemu'), '-L', path.join(files, 'usr/share/seabios')];
    // What SeaBIOS says goes to its own port.
    const console = ['-chardev', 'stdio,id=said,mux=on', '-serial', 'chardev:said', '-device', 'isa-debugcon,iobase=0x402,chardev=said'];
    return spawn(program, [...places, ...firmware, '-accel', 'tcg', '-display', 'none', '-no-reboot', ...console, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: environment,
    });
  }

  private writeRoot(setUp: string): void {
    const root = path.join(this.folder, 'root');
    for (const folder of ['bin', 'proc', 'sys', 'dev', 'modules', 'etc', 'tmp', 'run', 'var/log', 'var/empty', 'lib64', 'usr/lib', 'usr/share', 'boot'])
      mkdirSync(path.join(root, folder), { recursive: true });
    mkdirSync(path.join(root, 'root/.ssh'), { recursive: true, mode: 0o700 });
    const library = path.join(tools, 'usr/lib/x86_64-linux-gnu');
    const programs = ['mdadm', 'sfdisk', 'mkfs.fat', 'sshd', 'grub-install', 'grub-probe', 'grub-mkimage', 'efibootmgr', 'grub-editenv'];
    copyFileSync(place('busybox'), path.join(root, 'bin/busybox'));
    for (const program of programs) copyProgram(root, place(program), [library]);
    for (const program of ['/usr/sbin/mke2fs', '/usr/bin/lsblk', '/usr/bin/findmnt', '/usr/bin/cksum']) copyProgram(root, program, []);
    for (const platform of ['i386-pc', 'x86_64-efi']) copyGrub(path.join(tools, 'usr/lib/grub', platform), path.join(root, 'usr/lib/grub', platform));
    symlinkSync('../bin', path.join(root, 'usr/bin'));
    symlinkSync('../bin', path.join(root, 'usr/sbin'));
    symlinkSync('bin', path.join(root, 'sbin'));
    symlinkSync('busybox', path.join(root, 'bin/sh'));
    const there = path.join(kernel, 'usr/lib/modules', readdirSync(path.join(kernel, 'usr/lib/modules'))[0] ?? '', 'kernel');
    for (const name of [...modules.map((one) => `drivers/${one}`), ...moreModules]) {
      const file = path.join(there, `${name}.ko`);
      if (existsSync(file)) copyFileSync(file, path.join(root, 'modules', path.basename(file)));
    }
    const [image = ''] = readdirSync(path.join(kernel, 'boot')).filter((name) => name.startsWith('vmlinuz-'));
    copyFileSync(path.join(kernel, 'boot', image), path.join(this.folder, 'vmlinuz'));
    const last = String.fromCharCode('a'.charCodeAt(0) + this.options.disks);
    writeTexts(root, {
      init,
      'set-up': `set -e\nln -s /dev/vd${last} /kernel\n${setUp}`,
      'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nsshd:x:100:65534::/run/sshd:/bin/false\n',
      'etc/group': 'root:x:0:\nnogroup:x:65534:\ntty:x:5:\n',
      'etc/os-release': 'ID=debian\nVERSION_ID=12\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
      'etc/ssh/sshd_config': 'HostKey /etc/ssh/host-key\nPermitRootLogin yes\nStrictModes no\nUseDNS no\nKexAlgorithms curve25519-sha256\n',
      'root/.ssh/authorized_keys': readFileSync(path.join(this.folder, 'key.pub'), 'utf8'),
    });
    writeFileSync(path.join(root, 'etc/ssh/host-key'), readFileSync(path.join(this.folder, 'host-key')), { mode: 0o600 });
    packRoot(root, place('busybox'), path.join(this.folder, 'root.cpio'));
  }
}

/** With the modules that a start from an array needs, of three hundred: each grub-install copies them all, and emulated that takes its time. */
function copyGrub(from: string, to: string): void {
  const needs = new Map(
    readFileSync(path.join(from, 'moddep.lst'), 'utf8')
      .split('\n')
      .map((line) => [line.split(':')[0] ?? '', line.split(':')[1]?.trim().split(/\s+/) ?? []]),
  );
  const wanted = new Set<string>();
  const want = (module: string) => {
    if (module === '' || wanted.has(module)) return;
    wanted.add(module);
    for (const other of needs.get(module) ?? []) want(other);
  };
  for (const module of ['normal', 'linux', 'serial', 'ext2', 'fat', 'part_msdos', 'part_gpt', 'mdraid1x', 'mdraid09', 'biosdisk', 'search', 'test', 'echo'])
    want(module);
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith('.mod') || wanted.has(path.basename(file, '.mod')) });
}

const place = (program: string) =>
  ['usr/sbin', 'usr/bin'].map((folder) => path.join(tools, folder, program)).find(existsSync) ??
  ['/usr/sbin', '/usr/bin'].map((folder) => path.join(folder, program)).find(existsSync) ??
  program;

async function ended(machine: ChildProcess): Promise<void> {
  if (machine.exitCode !== null || machine.signalCode !== null) return;
  const gone = new Promise((resolve) => machine.once('exit', resolve));
  machine.kill('SIGKILL');
  await gone;
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
