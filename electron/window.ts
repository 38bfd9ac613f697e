/** The one window: how it is made, where it opens, and how it comes back when its page crashes. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { APP_START } from './app-address.ts';
import { makeRestartPolicy } from './restart-policy.ts';
import { visibleBounds, type WindowState } from './window-state.ts';

interface WindowOptions {
  /** out/preload/preload.cjs */
  preload: string;
  state: WindowState;
  /** Called when the window closes, with where it was. */
  onClosing(place: Pick<WindowState, 'bounds' | 'maximized'>): void;
  /** Whether something speaks against closing it; then somebody is asked, and it stays open until they say so. */
  mayClose(): boolean;
  /** The page has loaded, for the first time or again, and needs a port to the backend. */
  onPageLoaded(): void;
  /** The page crashed so often that it is not loaded again. */
  onGivenUp(): void;
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { state } = options;
  const place = visibleBounds(
    state.bounds,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(place ?? { width: 1200, height: 800 }),
    minWidth: 900,
    minHeight: 640,
    show: false,
    title: 'Wrenchbook',
    // Drawn before the page is: without it a dark window opens with a white flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    options.onClosing({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    if (!options.mayClose()) event.preventDefault();
  });
  window.webContents.on('dom-ready', () => options.onPageLoaded());
  reloadAfterCrash(window, options.onGivenUp);
  window.loadURL(APP_START).catch((thrown: unknown) => {
    console.error(`the window's page did not load: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
  return window;
}

/** Runs live in the backend, so a page that crashed loses nothing by being loaded again. */
function reloadAfterCrash(window: BrowserWindow, onGivenUp: () => void): void {
  const policy = makeRestartPolicy();
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const wait = policy.died(Date.now());
    console.error(`the window's page ended: ${reason} (${exitCode})`);
    if (wait === null) return onGivenUp();
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, wait);
  });
}
