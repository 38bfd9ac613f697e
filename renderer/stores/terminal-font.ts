/** Size of the terminal's letters, for all terminals of this window. */
import { create } from 'zustand';
import { clampFontSize, defaultFontSize } from '../components/terminal/terminal-look.ts';
import { remembered } from './remembered.ts';

const kept = remembered('wrenchbook.terminal-font-size', String(defaultFontSize));

export const useTerminalFont = create<{ size: number }>(() => ({ size: clampFontSize(Number(kept.read()) || defaultFontSize) }));

export function zoomTerminal(by: number): void {
  const size = clampFontSize(useTerminalFont.getState().size + by);
  kept.write(String(size));
  useTerminalFont.setState({ size });
}
