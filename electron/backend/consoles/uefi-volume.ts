/**
 * Goes to the file system of a UEFI shell that holds a certain file. Which number it has depends on what else is plugged in and
 * on the firmware's mood, so it is found anew after each boot, by the file and a line of its text.
 */
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TypedText } from '../../../shared/api/plan.ts';
import type { ConsoleSession, WaitOptions } from './console-session.ts';

type Marker = NonNullable<TypedText['volume']>;

/** Resolves with the shell standing on it, in whatever directory. Rejects with WrenchbookError `session` where it is not exactly one. */
export async function goToVolume(session: ConsoleSession, marker: Marker, options: WaitOptions): Promise<void> {
  // Also somebody at the terminal may have gone elsewhere: it is looked at before each use.
  if (await holds(session, '', marker, options)) return;
  const { text } = await session.command('map -r', options);
  const found: string[] = [];
  for (const volume of volumesOf(text)) if (await holds(session, volume, marker, options)) found.push(volume);
  const [volume] = found;
  if (volume === undefined || found.length > 1) throw notFound(marker, found, session.carrier.name);
  const { prompt } = await session.command(volume, options);
  if (!prompt.toLowerCase().startsWith(volume.toLowerCase()))
    throw new WrenchbookError('session', `The UEFI shell did not go to ${volume}`, 'Check the terminal, then try again.');
}

/** Goes to a directory of the file system it stands on, as `\P07`. Rejects with WrenchbookError `session` where that is not there. */
export async function goToDirectory(session: ConsoleSession, directory: string, options: WaitOptions): Promise<void> {
  const { prompt } = await session.command(`cd ${directory}`, options);
  const [, at = ''] = /^[^:]+:(\\.*)> $/.exec(prompt) ?? [];
  const plain = (path: string) => path.replace(/(?<!\\)\\+$/, '').toLowerCase();
  if (at !== '' && plain(at) === plain(directory)) return;
  throw new WrenchbookError(
    'session',
    `There is no directory ${directory} there: the prompt is still "${prompt.trim()}". Nothing was typed in it.`,
    'Check what is on the stick, then try again.',
  );
}

/** Names with their colon, in the order of the shell's list: `FS0:` in version 2, `fs0  :` in version 1. */
export const volumesOf = (map: string): string[] => [...new Set([...map.matchAll(/^[ \t]*(fs\d+)[ \t]*:/gim)].map(([, name]) => `${name}:`))];

async function holds(session: ConsoleSession, volume: string, { file, text }: Marker, options: WaitOptions): Promise<boolean> {
  const said = await session.command(`type ${volume}\\${file}`, options);
  return said.text.split('\n').some((line) => line.trim() === text);
}

function notFound({ file }: Marker, found: readonly string[], name: string): WrenchbookError {
  if (found.length > 1)
    return new WrenchbookError(
      'session',
      `${name}: ${found.join(' and ')} both hold ${file}. Wrenchbook cannot tell which is meant.`,
      'Leave one stick in, then try again.',
    );
  return new WrenchbookError(
    'session',
    `${name}: no file system that the UEFI shell knows holds ${file} of this procedure.`,
    'Plug the stick in, or use another USB port, then try again.',
  );
}
