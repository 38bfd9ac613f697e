/** The methods that need a window or a dialog: answered by main itself, for the window's own page only. */
import path from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, shell } from 'electron';
import { cardFileText } from '../shared/api/card-text.ts';
import { toWireError, WrenchbookError } from '../shared/api/error.ts';
import type { ExportFormat } from '../shared/api/transcript.ts';
import { type MethodOutput, methods } from '../shared/api.ts';
import type { Client } from '../shared/wire/client.ts';
import { type Caller, dispatch, type Handlers, type MainMethod } from '../shared/wire/dispatcher.ts';
import { isAllowedExternal } from './external-links.ts';
import { fleetDialogs } from './fleet-dialogs.ts';
import { readNamedText, saveNamedFile } from './named-files.ts';
import { CALL_CHANNEL, type CallAnswer } from './window-channels.ts';
import { isWindowPage } from './window-port.ts';

interface MainMethodsOptions {
  window(): BrowserWindow | null;
  backend(): Client;
  dataFolder: string;
}

const FORMAT_NAMES: Record<ExportFormat, string> = {
  md: 'Markdown',
  html: 'Web page with player',
  cast: 'Terminal recording (asciicast)',
  txt: 'Plain text',
  json: 'JSON',
  bundle: 'Signed bundle of the whole run',
  sudo: 'I/O log of sudo (a folder)',
};

const PICTURE_NAMES = { svg: 'Drawing (SVG)', png: 'Picture (PNG)', csv: 'Table (CSV)' };

const extensionOf = (format: ExportFormat) => (format === 'bundle' ? 'wbrun' : format);

function handlersFor({ window, backend, dataFolder }: MainMethodsOptions): Handlers<MainMethod> {
  const parentWindow = (): BrowserWindow => {
    const parent = window();
    if (parent) return parent;
    throw new WrenchbookError('wrong-state', 'The window was closed.', 'Start Wrenchbook again.');
  };
  let chosenBundle: string | null = null;
  return {
    ...fleetDialogs(parentWindow, backend),
    async 'window.exportTranscript'({ runId, format, exportId, outside }) {
      // Before the dialog: nobody should choose a place for a file that can't be written.
      const client = backend();
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: 'Export transcript',
        defaultPath: path.join(app.getPath('documents'), `${runId}${format === 'sudo' ? '-sudo' : `.${extensionOf(format)}`}`),
        // A folder that is made has no extension.
        filters: format === 'sudo' ? [] : [{ name: FORMAT_NAMES[format], extensions: [extensionOf(format)] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return { path: null };
      const done = (await client.call('transcripts.export', { runId, format, out: filePath, exportId, outside })) as MethodOutput<'transcripts.export'>;
      return { path: done.path };
    },
    async 'window.exportCheckUp'({ checkUpId, format, outside }) {
      const client = backend();
      const extension = format === 'signed' ? 'wbcheck' : format;
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: 'Export check-up',
        defaultPath: path.join(app.getPath('documents'), `check-up-${checkUpId}${format === 'sudo' ? '-sudo' : `.${extension}`}`),
        filters: format === 'sudo' ? [] : [{ name: format === 'signed' ? 'Signed record of the check-up' : FORMAT_NAMES[format], extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return { path: null };
      const done = (await client.call('machines.export', { checkUpId, format, out: filePath, outside })) as MethodOutput<'machines.export'>;
      return { path: done.path };
    },
    async 'window.chooseFile'({ title }) {
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), { title, properties: ['openFile'] });
      return { path: canceled ? null : (filePaths[0] ?? null) };
    },
    async 'window.openText'({ title }) {
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), { title, properties: ['openFile'] });
      const [file] = filePaths;
      return canceled || file === undefined ? null : { path: file, text: await readNamedText(file) };
    },
    async 'window.savePicture'({ name, content }) {
      const { format } = content;
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: format === 'csv' ? 'Save the table' : 'Save the picture',
        defaultPath: path.join(app.getPath('documents'), `${name}.${format}`),
        filters: [{ name: PICTURE_NAMES[format], extensions: [format] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return { path: null };
      return { path: await saveNamedFile(filePath, format === 'png' ? content.bytes : content.text) };
    },
    async 'window.saveCard'({ name, lines }) {
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: `Save ${name}`,
        defaultPath: path.join(app.getPath('documents'), name),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return { path: null };
      return { path: await saveNamedFile(filePath, cardFileText(lines)) };
    },
    async 'window.chooseBundle'() {
      const client = backend();
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), {
        title: 'Import a run',
        filters: [{ name: FORMAT_NAMES.bundle, extensions: [extensionOf('bundle')] }],
        properties: ['openFile'],
      });
      const [file] = filePaths;
      if (canceled || file === undefined) return null;
      chosenBundle = file;
      return { path: file, verification: (await client.call('transcripts.verifyFile', { path: file })) as MethodOutput<'transcripts.verifyFile'> };
    },
    async 'window.importBundle'({ key, once }) {
      if (chosenBundle === null) throw new WrenchbookError('wrong-state', 'No bundle was chosen.', 'Choose one first.');
      return (await backend().call('runs.import', { path: chosenBundle, key, once })) as MethodOutput<'runs.import'>;
    },
    async 'window.openExternal'({ url }) {
      if (!isAllowedExternal(url)) {
        console.error(`refused: opening ${url}`);
        return { opened: false };
      }
      await shell.openExternal(url);
      return { opened: true };
    },
    async 'window.openDataFolder'() {
      const problem = await shell.openPath(dataFolder);
      if (problem) throw new WrenchbookError('storage', `${dataFolder} could not be shown: ${problem}.`, 'Open it by hand.');
      return {};
    },
    'window.setZoom'({ percent }) {
      parentWindow().webContents.setZoomFactor(percent / 100);
      return {};
    },
    'window.info'() {
      const { electron } = process.versions;
      return { preview: electron.endsWith('-preview'), electron };
    },
  };
}

const caller: Caller = {
  audience: 'window',
  emit: () => undefined, // Events come from the backend, over the page's port.
  onGone: () => undefined,
};

export function serveMainMethods(options: MainMethodsOptions): void {
  const handlers = handlersFor(options);
  ipcMain.handle(CALL_CHANNEL, async (event, method: unknown, input: unknown): Promise<CallAnswer> => {
    try {
      if (!isWindowPage(event, options.window()))
        throw new WrenchbookError('not-allowed', 'This page may not call Wrenchbook.', 'Use the Wrenchbook window itself.');
      const name = String(method);
      const output = await dispatch(handlers, name, input, caller);
      return { ok: true, value: methods[name as MainMethod].output.parse(output) };
    } catch (thrown) {
      const error = toWireError(thrown);
      console.error(`window: ${String(method).slice(0, 64)}: ${error.code}: ${error.message}`);
      return { ok: false, error };
    }
  });
}
