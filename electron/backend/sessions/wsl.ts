/**
 * The Windows subsystem for Linux: whether a shell can be had there, how paths of Windows are called inside it, and the
 * words with which `wsl.exe` starts a program. What `wsl.exe` says itself is UTF-16LE, what a Linux program prints is UTF-8.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';

export interface WslAnswer {
  /** Null: there is no such program, or it was ended at its deadline. */
  status: number | null;
  stdout: Buffer;
  stderr: Buffer;
  because?: 'missing' | 'deadline';
}
export type AskWsl = (args: readonly string[], deadlineMs: number) => Promise<WslAnswer>;

export interface FoundWsl {
  /** Its PATH. */
  path: string;
  /** In there. */
  home: string;
  /** What Windows calls its `/`; null where it has no name for it. */
  root: string | null;
}
/** What a look found: a shell, or what is wrong and the way out. */
export type WslLook = FoundWsl | { message: string; next: string };

/** By its full name: a program of that name in the current folder would come first otherwise. */
export const wslProgram = (): string => path.win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'wsl.exe');

export const askProgram =
  (program: string): AskWsl =>
  (args, deadlineMs) =>
    new Promise((resolve) => {
      execFile(program, [...args], { encoding: 'buffer', timeout: deadlineMs, windowsHide: true }, (error, stdout, stderr) => {
        if (!error) resolve({ status: 0, stdout, stderr });
        else if (error.code === 'ENOENT') resolve({ status: null, stdout, stderr, because: 'missing' });
        else if (error.killed) resolve({ status: null, stdout, stderr, because: 'deadline' });
        else resolve({ status: typeof error.code === 'number' ? error.code : null, stdout, stderr });
      }).stdin?.end(); // the stand-in that Windows comes with asks for a key
    });

/** A program in the default distribution, without a shell between; `folder` is a path in there, or `~`. */
export const wslWords = (folder: string, words: readonly string[]): string[] => ['--cd', folder, '--exec', ...words];

/** A WSL that sleeps has a virtual machine to start first. */
const lookDeadlineMs = 30_000;
const answerWord = 'wrenchbook-wsl=';
// Without double quotes, which two programs would have to quote alike on the way. IFS and -f keep $PATH in one piece.
const lookScript = `IFS=; set -f; command -v wslpath >/dev/null || exit; printf '${answerWord}%s\\n' $PATH ~; printf '${answerWord}'; wslpath -w / || :`;
const translateScript = `IFS=; set -f; for each do printf '${answerWord}'; wslpath -a $each || exit; done`;

/** Asks the shell of the default distribution to say something, once. */
export async function lookForWsl(ask: AskWsl): Promise<WslLook> {
  const answer = await ask(wslWords('~', ['/bin/sh', '-c', lookScript]), lookDeadlineMs);
  const [searchPath, home, root = ''] = answersIn(answer);
  if (answer.status !== 0 || !searchPath || !home) return wslTrouble(answer);
  return { path: searchPath, home, root: root.startsWith('\\\\') ? root : null };
}

/** What files of Windows are called inside, in the same order. Null where one can't be reached from there. */
export async function wslPaths(ask: AskWsl, files: readonly string[]): Promise<string[] | null> {
  const answer = await ask(wslWords('~', ['/bin/sh', '-c', translateScript, 'sh', ...files]), lookDeadlineMs);
  const found = answersIn(answer);
  return answer.status === 0 && found.length === files.length ? found : null;
}

/** UTF-8 text holds no NUL; UTF-16 text does for each space and line end, in every language. */
export function wslText(bytes: Buffer): string {
  return (bytes.includes(0) ? bytes.toString('utf16le') : bytes.toString('utf8'))
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** Warnings of wsl.exe may stand before, in UTF-16LE. */
const answersIn = ({ stdout }: WslAnswer): string[] =>
  [
    ...stdout
      .toString('utf8')
      .replaceAll('\0', '')
      .matchAll(new RegExp(`${answerWord}(.*)`, 'g')),
  ].map(([, text = '']) => text.trimEnd());

/** Its messages are translated; error codes, options and addresses in them are not. */
function wslTrouble(answer: WslAnswer): { message: string; next: string } {
  const said = [wslText(answer.stdout), wslText(answer.stderr)].filter(Boolean).join('\n');
  const again = 'then try again';
  if (/DEFAULT_DISTRO_NOT_FOUND|--list --online|no installed distributions|aka\.ms\/wslstore/i.test(said))
    return {
      message: 'WSL holds no Linux distribution',
      next: `Type "wsl --install -d Debian" in a Windows terminal, open Debian once to set up its user, ${again}.`,
    };
  if (answer.because === 'missing' || notInstalled.test(said))
    return {
      message: 'WSL (the Windows subsystem for Linux) is not installed',
      next: `Type "wsl --install" in a Windows terminal as administrator, restart Windows, ${again}.`,
    };
  if (/--cd/.test(said))
    return { message: 'this version of WSL is too old: it does not know --cd', next: `Type "wsl --update" in a Windows terminal, ${again}.` };
  const first = said.split('\n').filter(Boolean).slice(0, 2).join(' ').slice(0, 300);
  if (answer.because === 'deadline')
    return {
      message: `WSL did not answer within ${lookDeadlineMs / 1000} seconds${first && `; it said: ${first}`}`,
      next: `Type "wsl --shutdown" in a Windows terminal, see that "wsl" opens a shell, ${again}.`,
    };
  return {
    message: `WSL does not start a shell (status ${answer.status ?? 'unknown'})${first && `; it said: ${first}`}`,
    next: `Type "wsl" in a Windows terminal and see that it opens a shell ("wsl --update" and "wsl --status" help), ${again}.`,
  };
}
const notInstalled =
  /aka\.ms\/wslinstall|OPTIONAL_COMPONENT_REQUIRED|0x8007019e|Linux is not installed|to install Windows Subsystem|optional component is not enabled/i;
