/** Which page gets a port to the backend, and which frame may call main: holding either is the right to call. */
import type { BrowserWindow, IpcMainInvokeEvent, MessagePortMain } from 'electron';
import { APP_ORIGIN } from './app-address.ts';
import { PORT_CHANNEL } from './window-channels.ts';

/** Gives the page one end of a new channel to the backend, while it shows the app's own address. */
export function connectPage(window: BrowserWindow | null, openPort: () => MessagePortMain | null | undefined): void {
  if (!window || window.isDestroyed() || window.webContents.mainFrame.origin !== APP_ORIGIN) return;
  const port = openPort();
  if (port) window.webContents.postMessage(PORT_CHANNEL, null, [port]);
}

/** Only the main frame of the window's page may call, and only while it shows the app's own address. */
export function isWindowPage(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  return window !== null && event.sender === window.webContents && frame !== null && frame === window.webContents.mainFrame && frame.origin === APP_ORIGIN;
}
