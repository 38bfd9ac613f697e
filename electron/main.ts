/** The main process: the window, its menu and dialogs, and the watch over the backend. No procedure logic. */
import path from 'node:path';
import { app, type BrowserWindow, dialog, Notification, nativeTheme, safeStorage, session } from 'electron';
import { makeApi } from '../shared/wire/client.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { dataFolder } from './backend/data-folder.ts';
import { type BackendProcess, startBackend } from './backend-process.ts';
import { makeClosing } from './closing.ts';
import { LogNotices } from './log-notices.ts';
import { serveMainMethods } from './main-methods.ts';
import { setMenu } from './menu.ts';
import { type Shown, showNotice } from './notices.ts';
import { RunWatch } from './run-watch.ts';
import { keyFromSystem } from './system-key.ts';
import { openWindow } from './window.ts';
import { guardAllContents, guardSession } from './window-guards.ts';
import { connectPage } from './window-port.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

app.setName('Wrenchbook');
const data = dataFolder(process.env);
// A data folder of one's own is a Wrenchbook of one's own: with it go the single-instance lock and the window's place.
if (process.env.WRENCHBOOK_DATA) app.setPath('userData', path.join(data, 'window'));

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  let window: BrowserWindow | null = null;
  let backend: BackendProcess | null = null;
  const watch = new RunWatch();
  const logs = new LogNotices();

  registerAppScheme();
  guardAllContents();
  app.on('second-instance', () => {
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  const closing = makeClosing({ watch, window: () => window, ask: (parent, question) => dialog.showMessageBox(parent, question) });
  app.on('before-quit', () => closing.quitBegins());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped || !backend) return;
    event.preventDefault();
    void backend.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });

  const connect = () => connectPage(window, () => backend?.openWindowPort());

  void app.whenReady().then(() => {
    serveApp(path.join(app.getAppPath(), 'out/renderer'));
    guardSession(session.defaultSession);

    const stateFile = path.join(app.getPath('userData'), 'window.json');
    let state = readWindowState(stateFile);
    const keep = (change: Partial<typeof state>) => {
      state = { ...state, ...change };
      writeWindowState(stateFile, state);
    };
    nativeTheme.themeSource = state.theme;
    setMenu({ dataFolder: data, theme: state.theme, onTheme: (theme) => keep({ theme }) });

    let pageLoaded = false;
    function open(): void {
      pageLoaded = false;
      window = openWindow({
        preload: path.join(app.getAppPath(), 'out/preload/preload.cjs'),
        state,
        onClosing: keep,
        mayClose: closing.mayClose,
        onPageLoaded() {
          pageLoaded = true;
          connect();
        },
        onGivenUp: () => dialog.showErrorBox('The window keeps crashing', 'Runs are kept. Quit Wrenchbook and start it again to continue them.'),
      });
      window.once('closed', () => {
        window = null;
      });
    }

    serveMainMethods({
      window: () => window,
      backend() {
        if (!backend) throw new Error('a page called before the backend was started');
        return backend.client();
      },
      dataFolder: data,
    });
    backend = startBackend({
      modulePath: path.join(import.meta.dirname, 'backend-host.cjs'),
      dataFolder: data,
      assetsFolder: app.isPackaged ? path.join(process.resourcesPath, 'assets') : path.join(app.getAppPath(), 'assets'),
      version: app.getVersion(),
      signingKeyPem: () => keyFromSystem(safeStorage, data, process.platform, (line) => console.error(line)),
      onStarted(client) {
        // Where they can't be read, a question is better told than not. What is told later counts, whenever the answer comes.
        let wanted: boolean | null = null;
        client.on('settings.changed', ({ notifications }) => {
          wanted = notifications;
        });
        const known = makeApi(client.call)
          .settings.get({})
          .then(
            ({ notifications }) => {
              wanted ??= notifications;
            },
            (thrown: unknown) => console.error(`settings for notifications: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
          );
        const show = (notice: Shown) =>
          void known.then(() => {
            if ((wanted ?? true) && window) showNotice(notice, window, Notification);
          });
        client.on('fleets.changed', (news) => watch.takeFleet(news));
        client.on('runs.changed', (news) => {
          const notice = watch.take(news, Date.now());
          if (notice) show({ ...notice, hash: `#/run/${encodeURIComponent(notice.runId)}` });
        });
        client.on('watches.changed', (state) => {
          const notice = logs.take(state);
          if (notice) show(notice);
        });
        if (pageLoaded) connect();
      },
      onEnded() {
        watch.forget();
        logs.forget();
      },
      onHung() {
        const told = {
          type: 'warning' as const,
          message: 'The part of Wrenchbook that runs procedures did not answer for a minute and was started again.',
          detail:
            'Steps that were running are interrupted, and nothing is repeated automatically. Open the run to see where it stands. If this happens again, report what you did last.',
        };
        void (window ? dialog.showMessageBox(window, told) : dialog.showMessageBox(told));
      },
      onGivenUp: () =>
        dialog.showErrorBox(
          'Wrenchbook can’t run procedures',
          'The part that runs them stopped five times within a minute. Runs are kept. Quit, start Wrenchbook from a terminal, and report what it prints.',
        ),
    });
    open();
    app.on('activate', () => {
      if (!window) open();
    });
  });
}
