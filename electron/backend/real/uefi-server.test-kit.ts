/**
 * A virtual server with OVMF's UEFI shell on a FIFO pair, in QEMU, emulated; about 15 s to its prompt. Packages are unpacked, not
 * installed (24 MB). What its firmware keeps survives a power cut and a new start.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shellOfFirmware } from './firmware-shell.test-kit.ts';
import { unpackedPackages } from './unpacked-packages.test-kit.ts';

/** QEMU, the firmware, and the libraries that a machine with a desktop's libraries does not have yet. */
const packages =
  'qemu-system-x86 qemu-system-common qemu-system-data ovmf seabios libaio1 libbrlapi0.8 libcacard0 libcapstone4 libdaxctl1 libexecs0 libfdt1 libfuse3-3 libnl-3-200 libnl-route-3-200 libibverbs1 libndctl6 libpmem1 librdmacm1 libslirp0 libspice-server1 liburing2 libusbredirparser1 libvdeplug2'.split(
    ' ',
  );

let files = '';
/** Why there can be none here; null where there can. */
export const whyNoUefiServer: string | null = findReason();

function findReason(): string | null {
  try {
    if (process.arch !== 'x64') return 'the packages are for x86-64';
    files = unpackedPackages('uefi', packages);
    execFileSync(program(), ['--version'], { env: environment(), stdio: 'pipe' });
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}
function program() {
  return path.join(files, 'usr/bin/qemu-system-x86_64');
}
function environment() {
  return { ...process.env, LD_LIBRARY_PATH: path.join(files, 'usr/lib/x86_64-linux-gnu') };
}

/** QEMU, unpacked, for machines of another kind. Where there can be no UEFI server, it is not there either. */
export const qemu = () => ({ program: program(), environment: environment(), files });

/** The UEFI shell of that firmware as a file, or why it can't be had. */
export const firmwareShell = (): Buffer | string => shellOfFirmware(readFileSync(path.join(files, 'usr/share/OVMF/OVMF_CODE_4M.fd')));

export class UefiServer {
  /** Of its console: `serial.in` and `serial.out`. */
  readonly place: string;
  private readonly folder: string;
  private readonly disks: readonly string[];
  private machine: ChildProcess | null = null;

  /** `disks`: QEMU's options for them. */
  constructor(folder: string, disks: readonly string[]) {
    this.folder = folder;
    this.disks = disks;
    this.place = path.join(folder, 'serial');
    mkdirSync(folder, { recursive: true });
    copyFileSync(path.join(files, 'usr/share/OVMF/OVMF_VARS_4M.fd'), path.join(folder, 'vars.fd'));
    execFileSync(
      'mkfifo',
      ['in', 'out'].map((end) => `${this.place}.${end}`),
    );
  }

  switchOn(): void {
    this.machine = spawn(
      program(),
      [
        ...['-L', path.join(files, 'usr/share/qemu'), '-L', path.join(files, 'usr/share/seabios')],
        ...['-machine', 'q35', '-accel', 'tcg', '-m', '256', '-nodefaults', '-display', 'none', '-net', 'none'],
        ...['-drive', `if=pflash,unit=0,format=raw,readonly=on,file=${files}/usr/share/OVMF/OVMF_CODE_4M.fd`],
        ...['-drive', `if=pflash,unit=1,format=raw,file=${this.folder}/vars.fd`],
        ...this.disks,
        ...['-chardev', `pipe,id=serial,path=${this.place}`, '-serial', 'chardev:serial'],
      ],
      { stdio: 'ignore', env: environment() },
    );
  }
  /** Resolves when it has gone off by itself. */
  async powerWentOff(): Promise<void> {
    const { machine } = this;
    if (machine && machine.exitCode === null && machine.signalCode === null) await new Promise((resolve) => machine.once('exit', resolve));
  }
  /** Pulls the plug; resolves when it is off. */
  async cutPower(): Promise<void> {
    const { machine } = this;
    this.machine = null;
    if (!machine || machine.exitCode !== null || machine.signalCode !== null) return;
    const gone = new Promise((resolve) => machine.once('exit', resolve));
    machine.kill('SIGKILL');
    await gone;
  }
}

const toolPackages = ['dosfstools', 'mtools', 'gnu-efi'];
let tools = '';
/** Why no stick with the simulated flasher can be made here; null where one can. */
export const whyNoStick: string | null = findToolReason();

function findToolReason(): string | null {
  try {
    tools = unpackedPackages('uefi-tools', toolPackages);
    for (const compiler of ['gcc', 'ld', 'objcopy']) execFileSync(compiler, ['--version'], { stdio: 'pipe' });
    return null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

/** Builds e2e/uefi/sas2flash.c: `sas2flash-05.efi` and `sas2flash-20.efi` in the folder. */
export function buildFlashers(folder: string): void {
  mkdirSync(folder, { recursive: true });
  execFileSync('sh', [path.resolve('e2e/uefi/build.sh'), tools, folder], { stdio: 'pipe' });
}

/** A stick as an image, FAT32, with what is in the folder. */
export function makeStick(image: string, from: string): void {
  writeFileSync(image, '');
  truncateSync(image, 64 * 1024 * 1024);
  const mkfs = ['sbin', 'usr/sbin'].map((place) => path.join(tools, place, 'mkfs.fat')).find((file) => existsSync(file)) ?? 'mkfs.fat';
  execFileSync(mkfs, ['-F', '32', '-s', '1', image], { stdio: 'pipe' });
  copyToStick(image, ...readdirSync(from).map((name) => path.join(from, name)));
}
/** Files and folders into the root of the stick. */
export const copyToStick = (image: string, ...from: readonly string[]): void => void mtool(['mcopy', '-i', image, '-s', '-o', '-Q', ...from, '::/']);
/** All that is on the stick, into a folder. */
export const copyFromStick = (image: string, to: string): void => void mtool(['mcopy', '-i', image, '-s', '-n', '::*', to]);
export const readFromStick = (image: string, file: string): string => mtool(['mtype', '-i', image, `::${file}`]);

function mtool([tool = '', ...words]: readonly string[]): string {
  return execFileSync(path.join(tools, 'usr/bin/mtools'), ['-c', tool, ...words], { encoding: 'utf8', env: { ...process.env, MTOOLS_SKIP_CHECK: '1' } });
}
