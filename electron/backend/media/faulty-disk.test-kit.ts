/** Sticks with something wrong: a loop device on a file that nbdkit plays through FUSE. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unpackedPackages } from '../real/unpacked-packages.test-kit.ts';
import { attachLoop, detachLoop, whyNoLoop } from './media-writer.test-kit.ts';

let files = '';
/** Why there can be none here; null where there can. */
export const whyNoFaultyDisk: string | null = (() => {
  try {
    if (whyNoLoop) return whyNoLoop;
    if (!existsSync('/dev/fuse')) return 'there is no FUSE';
    files = unpackedPackages('faulty-disks', ['nbdkit', 'libnbd-bin', 'libnbd0', 'fuse3', 'libfuse3-3']);
    execFileSync(path.join(files, 'usr/bin/nbdkit'), ['--version'], { env: environment(), stdio: 'pipe' });
    return null;
  } catch (thrown) {
    return (thrown as Error).message.split('\n')[0] ?? 'nbdkit failed';
  }
})();

function environment() {
  return { ...process.env, PATH: `${path.join(files, 'usr/bin')}:${process.env.PATH}`, LD_LIBRARY_PATH: path.join(files, 'usr/lib/x86_64-linux-gnu') };
}

/** Where it goes wrong, in bytes. */
export interface Faults {
  /** This byte can't be written. */
  badWrite?: number;
  /** This byte can't be read. */
  badRead?: number;
  /** What is written from here on is taken, and is not there: there is no memory behind it. */
  realSize?: number;
}

export class FaultyDisk {
  readonly device: string;
  private readonly served: ChildProcess;
  private readonly mounted: string;

  private constructor(device: string, served: ChildProcess, mounted: string) {
    this.device = device;
    this.served = served;
    this.mounted = mounted;
  }

  /** `direct`: the loop device passes errors on at once, as a stick does; else its cache keeps them for a while. */
  static async plugIn(folder: string, bytes: number, { badWrite = -1, badRead = -1, realSize = bytes }: Faults, direct: boolean): Promise<FaultyDisk> {
    const memory = path.join(folder, 'memory');
    const mounted = path.join(folder, 'mounted');
    mkdirSync(mounted, { recursive: true });
    writeFileSync(memory, Buffer.alloc(bytes));
    const touches = (place: number) => `[ $4 -le ${place} ] && [ $(($4+$3)) -gt ${place} ]`;
    const plugin = path.join(files, 'usr/lib/x86_64-linux-gnu/nbdkit/plugins/nbdkit-eval-plugin.so');
    const served = spawn(
      path.join(files, 'usr/bin/nbdfuse'),
      [
        path.join(mounted, 'stick'),
        '--command',
        'nbdkit',
        ...['-s', '--exit-with-parent', plugin, `get_size=echo ${bytes}`],
        `pread=if ${touches(badRead)}; then echo EIO >&2; exit 1; fi; dd if=${memory} iflag=skip_bytes,count_bytes skip=$4 count=$3 status=none`,
        `pwrite=if ${touches(badWrite)}; then echo EIO >&2; exit 1; fi
          if [ $4 -ge ${realSize} ]; then cat > /dev/null; else dd of=${memory} oflag=seek_bytes conv=notrunc seek=$4 status=none; fi`,
      ],
      { env: environment(), stdio: 'ignore' },
    );
    const stick = path.join(mounted, 'stick');
    while (!existsSync(stick)) {
      if (served.exitCode !== null) throw new Error(`nbdfuse ended with status ${served.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new FaultyDisk(attachLoop(stick, `--direct-io=${direct ? 'on' : 'off'}`), served, mounted);
  }

  /** Its memory is gone from one moment to the next. */
  breakOff(): void {
    this.served.kill('SIGKILL');
  }

  async end(): Promise<void> {
    const gone = this.served.exitCode !== null || this.served.signalCode !== null ? null : new Promise((resolve) => this.served.once('exit', resolve));
    detachLoop(this.device);
    execFileSync('umount', ['-l', this.mounted], { stdio: 'pipe' });
    await gone;
  }
}
