/** Roots for virtual machines, of programs of this machine or of unpacked packages and the libraries that they need. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Into `bin` of the root, with its libraries. `libraries`: folders in which they are besides the usual ones. */
export function copyProgram(root: string, program: string, libraries: readonly string[]): void {
  copyFileSync(program, path.join(root, 'bin', path.basename(program)));
  const needed = execFileSync('ldd', [program], { encoding: 'utf8', env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') } });
  for (const [, file = ''] of needed.matchAll(/(?:=> )?(\/\S+) \(0x/g)) {
    const to = path.join(root, file.startsWith('/lib64/') ? file : path.join('usr/lib', path.basename(file)));
    if (!existsSync(to)) cpSync(file, to, { dereference: true });
  }
}

/** Texts by their path in the root; those that begin with `#!` can be started. */
export function writeTexts(root: string, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
}

/** The root as an image for the kernel; not compressed, as an emulated processor takes long to unpack it. */
export function packRoot(root: string, busybox: string, image: string): void {
  execFileSync('sh', ['-c', 'cd "$1" && find . | "$0" cpio -o -H newc 2>/dev/null >"$2"', busybox, root, image]);
}
