/** What no page of this app may do, whatever it holds: go elsewhere, open windows, embed pages, ask for devices. */
import { app, type Session, type WebContents } from 'electron';
import { APP_ORIGIN, isAppAddress } from './app-address.ts';

/** Copy buttons need it; everything else (camera, clipboard reading, serial, notifications, …) is refused. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-sanitized-write']);

function refuse(what: string): void {
  console.error(`refused: ${what}`);
}

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const allowed = ALLOWED_PERMISSIONS.has(permission) && isAppAddress(details.requestingUrl);
    if (!allowed) refuse(`permission ${permission}`);
    answer(allowed);
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && origin.replace(/\/$/, '') === APP_ORIGIN);
  session.setDevicePermissionHandler(() => false);
}

function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    refuse(`a new window for ${url}`);
    return { action: 'deny' };
  });
  // Reloading is going to the page's own address. Frames have none: the page embeds nothing.
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isAppAddress(event.url)) return;
    refuse(`going to ${event.url}`);
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    refuse(`a redirect to ${event.url}`);
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    refuse('a webview');
    event.preventDefault();
  });
}

/** Before the first window: guards every page there will be. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}
