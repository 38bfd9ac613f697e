/**
 * A virtual Xen server in QEMU, emulated: Debian's hypervisor and kernel, and a root of busybox with xl and xenstored. root logs in on the
 * console (password "open"); xenstore has a console and a framebuffer of domain 0. About 20 s to its login. Packages are unpacked, not installed (80 MB).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { copyProgram, packRoot, writeTexts } from './small-root.test-kit.ts';
import { qemu, whyNoUefiServer } from './uefi-server.test-kit.ts';
import { unpackedPackages, unpackedWithNeeds } from './unpacked-packages.test-kit.ts';

let xen = '';
let kernel = '';
/** Why there can be none here; null where there can. */
export const whyNoXenServer: string | null = whyNoUefiServer ?? findReason();

function findReason(): string | null {
  try {
    const image = /Depends: (linux-image-\S+)/.exec(execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' }))?.[1];
    if (!image) return 'there is no kernel package for it';
    kernel = unpackedPackages('xen-kernel', [image, 'xen-hypervisor-4.17-amd64']);
    xen = unpackedWithNeeds('xen-tools', ['xen-utils-4.17', 'xenstore-utils', 'busybox-static']);
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

const modules = ['xen-evtchn', 'xen-privcmd', 'xenfs/xenfs', 'xen-gntdev'];
const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc; mount -t sysfs sysfs /sys; mount -t devtmpfs dev /dev
mkdir -p /dev/pts; mount -t devpts devpts /dev/pts
for module in ${modules.map((name) => path.basename(name)).join(' ')}; do insmod /modules/$module.ko; done
mount -t xenfs xenfs /proc/xen
mkdir -p /run/xenstored /run/xen /var/lib/xenstored /var/lib/xen /var/log/xen
xenstored && xen-init-dom0
hostname xen
for kind in console vfb; do xenstore-write /local/domain/0/backend/$kind/0/0/state 1; done
printf 'root:%s:0:0:99999:7:::\\n' "$(cryptpw -m sha512 open)" >/etc/shadow
while :; do setsid getty -L 115200 hvc0 vt100; done
`;

export class XenServer {
  /** Of its console: `serial.in` and `serial.out`. */
  readonly place: string;
  private readonly machine: ChildProcess;

  /** Switches it on. `files`: what is put into its root, by path. */
  constructor(folder: string, files: Readonly<Record<string, string>>) {
    this.place = path.join(folder, 'serial');
    execFileSync(
      'mkfifo',
      ['in', 'out'].map((end) => `${this.place}.${end}`),
    );
    writeFileSync(path.join(folder, 'xen'), gunzipSync(readFileSync(path.join(kernel, 'boot/xen-4.17-amd64.gz'))));
    writeRoot(path.join(folder, 'root'), files);
    packRoot(path.join(folder, 'root'), busybox(), path.join(folder, 'root.cpio'));
    const { program, environment, files: firmware } = qemu();
    const [image = ''] = readdirSync(path.join(kernel, 'boot')).filter((name) => name.startsWith('vmlinuz-'));
    this.machine = spawn(
      program,
      [
        ...['-L', path.join(firmware, 'usr/share/qemu'), '-L', path.join(firmware, 'usr/share/seabios')],
        ...['-accel', 'tcg', '-smp', '1', '-m', '1024', '-display', 'none', '-no-reboot', '-nic', 'none'],
        ...['-chardev', `pipe,id=serial,path=${this.place}`, '-serial', 'chardev:serial'],
        ...['-kernel', path.join(folder, 'xen'), '-append', 'console=com1 com1=115200 dom0_mem=512M loglvl=warning no-real-mode'],
        ...['-initrd', `${path.join(kernel, 'boot', image)} console=hvc0 quiet rdinit=/init,${path.join(folder, 'root.cpio')}`],
      ],
      { stdio: ['ignore', 'inherit', 'inherit'], env: environment },
    );
  }

  async cutPower(): Promise<void> {
    if (this.machine.exitCode !== null || this.machine.signalCode !== null) return;
    const gone = new Promise((resolve) => this.machine.once('exit', resolve));
    this.machine.kill('SIGKILL');
    await gone;
  }
}

const busybox = () => ['usr/bin/busybox', 'bin/busybox'].map((name) => path.join(xen, name)).find(existsSync) ?? '';

function writeRoot(root: string, files: Readonly<Record<string, string>>): void {
  for (const folder of ['bin', 'proc', 'sys', 'dev', 'modules', 'etc', 'root', 'tmp', 'run', 'var/log', 'lib64', 'usr/lib'])
    mkdirSync(path.join(root, folder), { recursive: true });
  symlinkSync('../run', path.join(root, 'var/run'));
  copyFileSync(busybox(), path.join(root, 'bin/busybox'));
  const libraries = path.join(xen, 'usr/lib/x86_64-linux-gnu');
  const tools = path.join(xen, 'usr/lib/xen-4.17/bin');
  const programs = [path.join(xen, 'usr/bin/xenstore'), ...['xl', 'xenstored', 'xen-init-dom0'].map((name) => path.join(tools, name))];
  for (const program of programs) copyProgram(root, program, [libraries, path.join(xen, 'usr/lib/xen-4.17/lib/x86_64-linux-gnu')]);
  const release = readdirSync(path.join(kernel, 'usr/lib/modules'))[0] ?? '';
  for (const name of modules)
    copyFileSync(path.join(kernel, 'usr/lib/modules', release, 'kernel/drivers/xen', `${name}.ko`), path.join(root, 'modules', `${path.basename(name)}.ko`));
  for (const name of ['rm', 'exists', 'ls', 'read', 'write', 'list'])
    if (existsSync(path.join(root, 'bin/xenstore'))) symlinkSync('xenstore', path.join(root, 'bin', `xenstore-${name}`));
  writeTexts(root, {
    init: init,
    'etc/xen/xl.conf': '# empty\n',
    'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
    'etc/group': 'root:x:0:\n',
    ...files,
  });
}
