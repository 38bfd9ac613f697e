/**
 * Puts a terminal's modes back between two steps, in the view and in the recording alike: what one leaves on (another screen, hidden
 * text, another character set, reports of mouse and focus, a scrolling region) would hide the next one's output, or be typed into it.
 * What has scrolled away stays, and the cursor stays where it is.
 */
const on = (modes: readonly number[]) => modes.map((mode) => `\x1b[?${mode}h`).join('');
const off = (modes: readonly number[]) => modes.map((mode) => `\x1b[?${mode}l`).join('');

const reset = Buffer.from(
  [
    '\x18', // ends a sequence that was only begun
    '\x1b7\x1b[?47l\x1b[?6l\x1b[r\x1b8', // the usual screen, origin and scrolling region; each moves the cursor
    '\x1b[!p', // DECSTR
    off([9, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2004, 2026]), // reports of mouse, focus and paste, held-back drawing
    off([1, 5]), // cursor keys, reverse video
    on([7, 25]), // wrapping, cursor
    '\x1b>\x1b[4;20l', // keypad, inserting, line feeds
    '\x1b[0m\x1b(B\x1b)B\x0f', // colours and character sets
  ].join(''),
);

export class TerminalModes {
  private changed = false;

  saw(bytes: Buffer): void {
    // ESC, SO, and the first byte of the controls above ASCII.
    this.changed ||= bytes.includes(0x1b) || bytes.includes(0x0e) || bytes.includes(0xc2);
  }

  /** What has to be shown before something else begins; null where nothing can have been changed. */
  takeReset(): Buffer | null {
    if (!this.changed) return null;
    this.changed = false;
    return reset;
  }
}
