/** What kind of window this is. Asked once. */
import { create } from 'zustand';
import { api } from '../window-api.ts';

export const useWindowInfo = create<{ preview: boolean; electron: string; version: string }>(() => ({ preview: false, electron: '', version: '' }));

export async function loadWindowInfo(): Promise<void> {
  const [window, app] = await Promise.allSettled([api.window.info({}), api.app.info({})]);
  useWindowInfo.setState({
    preview: window.status === 'fulfilled' && window.value.preview,
    electron: window.status === 'fulfilled' ? window.value.electron : '',
    version: app.status === 'fulfilled' ? app.value.version : '',
  });
}
