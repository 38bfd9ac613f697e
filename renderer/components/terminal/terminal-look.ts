/** The terminal's colours for both schemes; xterm.js raises the contrast of what programs choose badly. */
import type { ITheme } from '@xterm/xterm';
import { largestTerminalFont, smallestTerminalFont } from '../../../shared/api/settings.ts';

export const monospace = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

const dark: ITheme = {
  background: '#101316',
  overviewRulerBorder: '#101316',
  scrollbarSliderBackground: '#ffffff2e',
  scrollbarSliderHoverBackground: '#ffffff47',
  scrollbarSliderActiveBackground: '#ffffff5c',
  foreground: '#dfe4e8',
  cursor: '#8fd0e4',
  cursorAccent: '#101316',
  selectionBackground: '#2f5566',
  black: '#2b3138',
  red: '#ff8f8a',
  green: '#6fce91',
  yellow: '#e8c26a',
  blue: '#7db8f7',
  magenta: '#d0a8ff',
  cyan: '#7fd3e0',
  white: '#dfe4e8',
  brightBlack: '#8b96a1',
  brightRed: '#ffb3af',
  brightGreen: '#98e2b2',
  brightYellow: '#f5d98e',
  brightBlue: '#a6d0ff',
  brightMagenta: '#e2c8ff',
  brightCyan: '#a9e6ef',
  brightWhite: '#ffffff',
};
const light: ITheme = {
  background: '#fbfcfd',
  overviewRulerBorder: '#fbfcfd',
  scrollbarSliderBackground: '#0000002e',
  scrollbarSliderHoverBackground: '#00000047',
  scrollbarSliderActiveBackground: '#0000005c',
  foreground: '#1b2127',
  cursor: '#0b6280',
  cursorAccent: '#ffffff',
  selectionBackground: '#bfe0ec',
  black: '#1b2127',
  red: '#b01e1e',
  green: '#196b38',
  yellow: '#7a5600',
  blue: '#0b5cad',
  magenta: '#7a2fb0',
  cyan: '#0b6273',
  white: '#5f6973',
  brightBlack: '#55606b',
  brightRed: '#c62828',
  brightGreen: '#1d7a41',
  brightYellow: '#8a6100',
  brightBlue: '#0d68c4',
  brightMagenta: '#8b3ac6',
  brightCyan: '#0d7084',
  brightWhite: '#3a434c',
};

export const terminalTheme = (scheme: 'light' | 'dark'): ITheme => (scheme === 'dark' ? dark : light);

export const defaultFontSize = 13;
export const clampFontSize = (size: number) => Math.min(largestTerminalFont, Math.max(smallestTerminalFont, Math.round(size)));
/** `own`: a font that somebody chose; what it lacks comes from the usual ones. */
export const terminalFont = (own: string) => (own === '' ? monospace : `"${own}", ${monospace}`);

/** Sizes the backend takes; a pane folded to nothing still has a terminal. */
export const clampSize = (cols: number, rows: number) => ({
  cols: Math.min(500, Math.max(20, cols)),
  rows: Math.min(200, Math.max(5, rows)),
});
