/**
 * A `wsl.exe` for tests: a script that runs on this machine what it is told to run in WSL. Drives are "mounted" below a folder
 * with a space in its name, and `C:` is this machine's `/`. What a real wsl.exe does with its words is not shown by it.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export class PlayedWsl {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'wb-wsl-')));
  readonly home = path.join(this.folder, 'home', 'jo');
  readonly program = path.join(this.folder, 'System32', 'wsl.exe');
  /** PATH in there. */
  readonly path = `${path.join(this.folder, 'bin')}:/usr/bin:/bin`;
  private readonly log = path.join(this.folder, 'calls');
  private readonly drives = path.join(this.folder, 'mnt (drives)');

  constructor() {
    const wslpath = path.join(this.folder, 'bin', 'wslpath');
    for (const each of [this.drives, this.home, path.dirname(wslpath), path.dirname(this.program)]) mkdirSync(each, { recursive: true });
    symlinkSync('/', path.join(this.drives, 'c'));
    writeFileSync(this.program, playedWsl(this.home, this.path, this.log));
    writeFileSync(wslpath, playedWslpath(this.drives));
    chmodSync(this.program, 0o755);
    chmodSync(wslpath, 0o755);
  }

  /** What a file of this machine is called in there. */
  there(file: string): string {
    return `${this.drives}/c${file}`;
  }
  /** The words of each call so far. */
  calls(): string[][] {
    const calls = readFileSync(this.log, 'utf8').trim().split('\x1f\n');
    return calls.map((words) => words.split('\x1f').filter(Boolean));
  }
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const playedWsl = (home: string, searchPath: string, log: string) => `#!/bin/sh
{ printf '%s\\037' "$@"; echo; } >>'${log}'
[ "$1" = --cd ] || { echo "Usage: wsl.exe [Argument]"; exit 255; }
[ "$2" = '~' ] && cd '${home}' || cd "$2" || exit 255
[ "$3" = --exec ] || exit 255
shift 3
exec env -i HOME='${home}' USER=jo PATH='${searchPath}' "$@"
`;
const playedWslpath = (drives: string) => `#!/bin/sh
[ "$1" = -w ] && { printf '%s\\n' '\\\\wsl.localhost\\Debian\\'; exit; }
[ "$1" = -a ] || exit 1
case $2 in
[Cc]:/*) printf '%s\\n' "${drives}/c\${2#?:}" ;;
/*) printf '%s\\n' "${drives}/c$2" ;;
*) printf 'wslpath: %s: Invalid argument\\n' "$2" >&2; exit 1 ;;
esac
`;
