/**
 * UEFI programs: whether a file is one, and which version a flasher says it is.
 * Layout: PE/COFF as in the UEFI specification, "UEFI Images". LSI's flasher is EFI byte code, so machine 0x0EBC is right.
 */
import { u16, u32 } from './little-endian.ts';

const machines: Readonly<Record<number, string>> = { 3772: 'EFI byte code', 34404: 'x86-64' };
const efiApplication = 10;

export type EfiProgram = { machine: string } | { fault: 'truncated' | 'not-a-program' | 'not-an-application'; detail: string };

export function parseEfiProgram(file: Uint8Array): EfiProgram {
  if (u16(file, 0) !== 0x5a4d) return { fault: 'not-a-program', detail: 'it does not begin with MZ' };
  const header = u32(file, 0x3c);
  const optional = header + 24;
  if (optional + 70 > file.length) return { fault: 'truncated', detail: `it ends after ${file.length} bytes, inside its header` };
  if (u32(file, header) !== 0x4550) return { fault: 'not-a-program', detail: 'it has no PE header' };
  const machine = machines[u16(file, header + 4)];
  if (!machine) return { fault: 'not-an-application', detail: 'it is for another kind of processor' };
  if (u16(file, optional + 68) !== efiApplication) return { fault: 'not-an-application', detail: 'it is a program, but not a UEFI application' };

  const sections = u16(file, header + 6);
  const table = optional + u16(file, header + 20);
  for (let section = 0; section < sections; section++) {
    const at = table + section * 40;
    const end = u32(file, at + 20) + u32(file, at + 16);
    if (at + 40 > file.length || end > file.length) return { fault: 'truncated', detail: `it needs ${end} bytes and has ${file.length}` };
  }
  return { machine };
}

const flasherTitle = 'SAS2 Flash Utility';

/**
 * First number of the version that a flasher carries, `phase: null` where it can't be read, or null for a program that is no flasher.
 * Published ones keep the format ("Version %s (%s)") and the number apart; the number nearest to the title is taken, behind it rather than before.
 */
export function readFlasher(file: Uint8Array): { phase: number | null } | null {
  const texts = [printable(file, 0, 1), printable(file, 0, 2), printable(file, 1, 2)];
  if (!texts.some((text) => text.includes(flasherTitle))) return null;
  const phases = texts.map(phaseBeside).filter((phase) => phase !== null);
  return { phase: phases[0] ?? null };
}

function phaseBeside(text: string): number | null {
  const lines = text.split('\n');
  const title = lines.findIndex((line) => line.includes(flasherTitle));
  const versions = lines.flatMap((line, at) => {
    const phase = /^(?:Version )?(\d\d)\.00\.00\.00(?!\d)/.exec(line)?.[1];
    return phase === undefined ? [] : [{ phase: Number(phase), away: at > title ? at - title : 2 * (title - at) }];
  });
  return versions.sort((a, b) => a.away - b.away)[0]?.phase ?? null;
}

/** Version of the UEFI shell, where the program is one and says so. */
export function shellVersion(file: Uint8Array): 1 | 2 | null {
  const text = [printable(file, 0, 1), printable(file, 0, 2), printable(file, 1, 2)].join('\n');
  // Formats of their own `ver`, as they lie in the files; version 2 also has "UEFI Shell version" in its help.
  if (/UEFI (%s|Interactive) Shell v/.test(text)) return 2;
  return /EFI Shell version [%\d]/.test(text) ? 1 : null;
}

/** The bytes as text, everything unprintable as a newline; `stride` 2 reads UEFI's 16-bit characters. */
function printable(file: Uint8Array, from: number, stride: 1 | 2): string {
  const pieces: string[] = [];
  let run = '';
  for (let at = from; at < file.length; at += stride) {
    const byte = file[at] ?? 0;
    if (byte >= 0x20 && byte <= 0x7e && (stride === 1 || file[at + 1] === 0)) run += String.fromCharCode(byte);
    else if (run) {
      if (run.length > 8) pieces.push(run);
      run = '';
    }
  }
  return [...pieces, run].join('\n');
}
