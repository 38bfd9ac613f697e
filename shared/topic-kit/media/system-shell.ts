/** The UEFI shell (x86-64) that a Linux system has in one of its packages, and the shell text that finds it. All of these are version 2. Pure. */
import { file, type Script, sh } from '../script.ts';

interface SystemShell {
  path: string;
  package: string;
  systems: string;
}
/** Sources: file lists of these packages. Debian 12 and older have no such package. */
export const systemShells: readonly SystemShell[] = [
  { path: '/usr/share/efi-shell-x64/shellx64.efi', package: 'efi-shell-x64', systems: 'Debian 13, Ubuntu 24.04' },
  { path: '/usr/share/edk2/ovmf/Shell.efi', package: 'edk2-ovmf', systems: 'Fedora' },
  { path: '/usr/share/edk2-shell/x64/Shell.efi', package: 'edk2-shell', systems: 'Arch Linux' },
];

/** "efi-shell-x64 (Debian 13, Ubuntu 24.04), …", for forms and messages. */
export const systemShellPackages = systemShells.map((shell) => `${shell.package} (${shell.systems})`).join(', ');

/** Sets `shell` to the file, or says that there is none and ends with 1. */
export const findSystemShell: Script = sh`shell=
for candidate in ${systemShells.map(({ path }) => file(path))}; do
  if [ -z "$shell" ] && [ -f "$candidate" ]; then shell=$candidate; fi
done
[ -n "$shell" ] || { echo ${'This system has no UEFI shell installed.'}; exit 1; }`;
