/** What the guards see of Electron, recorded: what was refused and what was let through. For vi.mock('electron', …). */
import { EventEmitter } from 'node:events';

export interface PageEvent {
  url: string;
  isMainFrame: boolean;
  defaultPrevented: boolean;
  preventDefault(): void;
}
export function pageEvent(url: string, isMainFrame = true): PageEvent {
  const event: PageEvent = {
    url,
    isMainFrame,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** A page's contents. `openWindow` asks as a page does that wants a second window. */
export class PlayedContents extends EventEmitter {
  private onOpen: (wish: { url: string }) => { action: string } = () => ({ action: 'allow' });
  setWindowOpenHandler(handler: (wish: { url: string }) => { action: string }): void {
    this.onOpen = handler;
  }
  openWindow = (url: string): string => this.onOpen({ url }).action;
  /** Whether the page may do it. */
  may(what: 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview', event = pageEvent('https://example.org/')): boolean {
    this.emit(what, event);
    return !event.defaultPrevented;
  }
}

type Asked = { requestingUrl: string };
/** Without handlers everything is granted, as in Electron. */
export class PlayedSession {
  private request: (contents: null, permission: string, answer: (allowed: boolean) => void, details: Asked) => void = (_contents, _permission, answer) =>
    answer(true);
  private check: (contents: null, permission: string, origin: string) => boolean = () => true;
  private device: (details: object) => boolean = () => true;
  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
  asks(permission: string, requestingUrl: string): boolean | undefined {
    let given: boolean | undefined;
    this.request(
      null,
      permission,
      (allowed) => {
        given = allowed;
      },
      { requestingUrl },
    );
    return given;
  }
  checks = (permission: string, origin: string): boolean => this.check(null, permission, origin);
  grantsDevice = (): boolean => this.device({ deviceType: 'usb' });
}
