/** What was chosen for this computer. The backend keeps it; every window follows. */
import { create } from 'zustand';
import { defaultSettings, type Settings } from '../../shared/api/settings.ts';
import { clampFontSize } from '../components/terminal/terminal-look.ts';
import { api } from '../window-api.ts';
import { reportError } from './report-error.ts';

export const useSettings = create<Settings>(() => defaultSettings);

/** How often they were chosen or told of: what was asked for before that is old when it comes. */
let taken = 0;

export async function loadSettings(): Promise<void> {
  const before = taken;
  try {
    const settings = await api.settings.get({});
    if (taken === before) takeSettings(settings);
  } catch (thrown) {
    reportError(thrown);
  }
}

/** News of them, from this window or another. */
export function takeSettings(settings: Settings): void {
  taken += 1;
  const { zoom } = useSettings.getState();
  useSettings.setState(settings);
  if (settings.zoom !== zoom) void api.window.setZoom({ percent: settings.zoom }).catch(reportError);
}

/** Shown at once, and put back where it can't be kept. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useSettings.getState();
  takeSettings({ ...before, ...change });
  try {
    await api.settings.set(change);
  } catch (thrown) {
    takeSettings(before);
    reportError(thrown);
  }
}

export const zoomTerminal = (by: number) => changeSettings({ terminalFontSize: clampFontSize(useSettings.getState().terminalFontSize + by) });
