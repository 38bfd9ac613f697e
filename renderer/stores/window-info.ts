/** What kind of window this is. Asked once. */
import { create } from 'zustand';
import { api } from '../window-api.ts';

interface WindowInfo {
  preview: boolean;
  electron: string;
  version: string;
  dataFolder: string;
}

export const useWindowInfo = create<WindowInfo>(() => ({ preview: false, electron: '', version: '', dataFolder: '' }));

export async function loadWindowInfo(): Promise<void> {
  const [window, app] = await Promise.allSettled([api.window.info({}), api.app.info({})]);
  useWindowInfo.setState({
    preview: window.status === 'fulfilled' && window.value.preview,
    electron: window.status === 'fulfilled' ? window.value.electron : '',
    version: app.status === 'fulfilled' ? app.value.version : '',
    dataFolder: app.status === 'fulfilled' ? app.value.dataFolder : '',
  });
}
