/** A step that is one line of the flasher, and what a write says when it went well. */
import type { ConsoleStep, Matcher } from '../../topic-kit/index.ts';
import { flasherLine } from './stick-layout.ts';

type FlasherStep = Omit<ConsoleStep, 'kind' | 'runsOn' | 'dialect' | 'volume' | 'directory' | 'line'>;

/** A step that is one line of the flasher. */
export const flasherStep = (directory: string, flags: readonly string[], step: FlasherStep): ConsoleStep => ({
  kind: 'console',
  runsOn: 'UEFI shell of the server',
  ...flasherLine(directory, flags),
  ...step,
});

export const imageWritten: Matcher = {
  kind: 'expected',
  id: 'image-written',
  pattern: /Firmware Flash Successful/,
  means: 'The image is in the card’s flash, read back and compared by the flasher.',
  missing: 'The flasher did not confirm that the image is written.',
  next: 'Do not reboot. Read the lines above, then run the step again.',
};

export const resetWarning = (next: string): Matcher => ({
  kind: 'warning',
  id: 'reset-failed',
  pattern: /Adapter Reset Failed/,
  means: 'The image is written, but the card did not restart with it.',
  next,
});
