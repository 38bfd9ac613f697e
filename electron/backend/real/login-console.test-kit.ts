/**
 * A serial device of this machine with a throw-away machine's login at its other end: real agetty and login, started anew after each
 * logout as init does. Needs root on Linux; nothing is installed.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Pipes = ChildProcessByStdio<Writable, Readable, null>;

export const whyNoLoginConsole: string | null = findReason();

function findReason(): string | null {
  if (process.platform !== 'linux') return 'namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'only root can make the namespaces';
  if (spawnSync('unshare', ['--mount', '--pid', '--fork', 'true']).status !== 0) return 'this machine allows no namespaces';
  for (const program of ['/sbin/agetty', '/bin/login', '/usr/bin/perl', '/usr/sbin/useradd']) if (!existsSync(program)) return `there is no ${program}`;
  return null;
}

/** Makes a terminal and carries its bytes to the standard streams and back, for as long as they are open. */
const terminal = `
open(M, "+<", "/dev/ptmx") or die; my $n = pack("i", 0); ioctl(M, 0x40045431, $n) or die; ioctl(M, 0x80045430, $n) or die;
our $name = "pts/" . unpack("i", $n);
sub carry { my $each = shift; my $in = ""; vec($in, fileno(STDIN), 1) = 1; fcntl(M, 4, 04002);
  for (;;) { my $r = $in; select($r, undef, undef, 0.005);
    if (vec($r, fileno(STDIN), 1)) { sysread(STDIN, my $b, 4096) or exit; while (length $b) { my $w = syswrite(M, $b); $b = substr($b, $w || 0); select(undef, undef, undef, 0.002) unless $w } }
    while (sysread(M, my $b, 4096)) { syswrite(STDOUT, $b) }
    $each->() } }`;
// A serial device that nobody has open echoes nothing; a terminal would, into the login's ears.
const device = `${terminal} use POSIX; my $t = POSIX::Termios->new; $t->getattr(fileno(M)); $t->setlflag($t->getlflag & ~ECHO); $t->setattr(fileno(M), TCSANOW);
$| = 1; syswrite(STDOUT, "/dev/$name\\n"); carry(sub {});`;
const getty = `${terminal} use POSIX; my $pid = 0;
carry(sub { return if $pid && !waitpid($pid, WNOHANG); $pid = fork(); return if $pid; close(M); POSIX::setsid();
  exec("/sbin/agetty", "-L", "-8", "--noclear", "115200", $name, "vt220") });`;

export class LoginConsole {
  /** Name of the serial device here. */
  readonly device: string;
  /** All that the machine has said. */
  said = '';
  /** Bytes that its serial port had no room for. */
  lost = 0;
  /** What the line makes of a piece that the machine says. */
  damage: (text: string) => string = (text) => text;
  private readonly near: Pipes;
  private readonly far: Pipes;
  private readonly noPackages = mkdtempSync(path.join(tmpdir(), 'wb-login-'));

  /**
   * The machine has the user wren (password "sesame"); root's password is "open". `perSecond`: characters that the line carries; `room`: how
   * many wait at its serial port at most, and what comes beyond is lost.
   */
  static async start(perSecond = Number.POSITIVE_INFINITY, room = Number.POSITIVE_INFINITY): Promise<LoginConsole> {
    const near = spawn('perl', ['-e', device], { stdio: ['pipe', 'pipe', 'inherit'] });
    const name = await new Promise<string>((resolve) => near.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim())));
    return new LoginConsole(near, name, perSecond, room);
  }

  private constructor(near: Pipes, name: string, perSecond: number, room: number) {
    this.device = name;
    this.near = near;
    chmodSync(this.noPackages, 0o755); // it becomes the machine's root folder
    const users = `useradd -m -s /bin/bash wren && printf 'wren:sesame\\nroot:open\\n' | chpasswd && exec perl -e "$0"`;
    const scratch = path.resolve('electron/backend/real/scratch-root.sh');
    this.far = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', scratch, this.noPackages, '--', 'sh', '-c', users, getty], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const here = wire(perSecond, near.stdin);
    const there = wire(perSecond, this.far.stdin, room, (bytes) => (this.lost += bytes));
    this.far.stdout.on('data', (bytes: Buffer) => {
      this.said += bytes.toString();
      const text = bytes.toString('latin1');
      const arrives = this.damage(text);
      here(arrives === text ? bytes : Buffer.from(arrives, 'latin1'));
    });
    near.stdout.on('data', there);
    for (const stream of [near.stdin, this.far.stdin]) stream.on('error', () => undefined);
  }

  async stop(): Promise<void> {
    for (const child of [this.far, this.near]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.noPackages, { recursive: true });
  }
}

/** Carries so many characters a second, one after the other. */
function wire(perSecond: number, to: Writable, room = Number.POSITIVE_INFINITY, onLost: (bytes: number) => void = () => undefined): (bytes: Buffer) => void {
  if (!Number.isFinite(perSecond)) return (bytes) => void to.write(bytes);
  const stepMs = 20;
  let waiting = Buffer.alloc(0);
  const step = setInterval(() => {
    const most = Math.ceil((perSecond * stepMs) / 1000);
    if (waiting.length > 0 && to.writable) to.write(waiting.subarray(0, most));
    waiting = waiting.subarray(most);
  }, stepMs);
  to.on('close', () => clearInterval(step));
  return (bytes) => {
    const fits = bytes.subarray(0, Math.max(0, room - waiting.length));
    onLost(bytes.length - fits.length);
    waiting = Buffer.concat([waiting, fits]);
  };
}
