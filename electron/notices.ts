/** The system's notifications: only while nobody looks at the window, and each leads to its page. */
import type { BrowserWindow, Notification } from 'electron';

export interface Shown {
  /** Of the page that it leads to. */
  hash: string;
  title: string;
  body: string;
}
interface Notifications {
  new (options: { title: string; body: string }): Notification;
  isSupported(): boolean;
}

/** Kept until they are pressed or gone: one that is collected as garbage can't be pressed. */
const shown = new Set<Notification>();

export function showNotice({ hash, title, body }: Shown, window: BrowserWindow, Notifications: Notifications): void {
  if (window.isDestroyed() || (window.isFocused() && !window.isMinimized()) || !Notifications.isSupported()) return;
  const notification = new Notifications({ title, body });
  shown.add(notification);
  notification.once('close', () => shown.delete(notification));
  notification.once('click', () => {
    shown.delete(notification);
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    window.webContents.executeJavaScript(`location.hash = ${JSON.stringify(hash)}`).catch((thrown: unknown) => {
      console.error(`the window did not go to ${hash}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    });
  });
  notification.show();
}
