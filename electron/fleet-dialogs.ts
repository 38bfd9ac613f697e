/** Dialogs of the Fleets page. The page never names a folder or an inventory: both can hold programs. */
import path from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { WrenchbookError } from '../shared/api/error.ts';
import type { AnyHostSource } from '../shared/api/fleet.ts';
import type { MethodOutput } from '../shared/api.ts';
import type { Client } from '../shared/wire/client.ts';
import type { Handlers } from '../shared/wire/dispatcher.ts';

type FleetDialog = 'window.chooseInventory' | 'window.prepareFleet' | 'window.exportFleet';
const extensions = { markdown: 'md', html: 'html', json: 'json' } as const;

export function fleetDialogs(parentWindow: () => BrowserWindow, backend: () => Client): Handlers<FleetDialog> {
  const chosen = new Set<string>();
  return {
    async 'window.chooseInventory'() {
      const client = backend();
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), { title: 'Choose an Ansible inventory', properties: ['openFile'] });
      const [file] = filePaths;
      if (canceled || file === undefined) return null;
      const sources: AnyHostSource[] = [{ kind: 'inventory', path: file, group: 'all', role: '' }];
      const found = (await client.call('fleets.findHosts', { sources })) as MethodOutput<'fleets.findHosts'>;
      chosen.add(file);
      return { path: file, found };
    },
    async 'window.prepareFleet'({ sources, inventories, sshPassword }) {
      const stranger = inventories.find((file) => !chosen.has(file));
      if (stranger !== undefined) throw new WrenchbookError('not-allowed', `${stranger} was not chosen in a dialog.`, 'Choose the inventory again.');
      const client = backend();
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), {
        title: 'Choose a folder with a compiled playbook',
        properties: ['openDirectory'],
      });
      const [folder] = filePaths;
      if (canceled || folder === undefined) return null;
      const all: AnyHostSource[] = [...sources, ...inventories.map((file) => ({ kind: 'inventory' as const, path: file, group: 'all', role: '' }))];
      return (await client.call('fleets.prepareFolder', { folder, sources: all, sshPassword })) as MethodOutput<'fleets.prepareFolder'>;
    },
    async 'window.exportFleet'({ runId, format }) {
      const client = backend();
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: 'Export the fleet run',
        defaultPath: path.join(app.getPath('documents'), `${runId}.${extensions[format]}`),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return { path: null };
      return { path: ((await client.call('fleets.export', { runId, format, out: filePath })) as MethodOutput<'fleets.export'>).path };
    },
  };
}
