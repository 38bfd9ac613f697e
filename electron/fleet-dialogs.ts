/** Dialogs of the Fleets page. The page never names a folder or an inventory: both can hold programs. */
import path from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { WrenchbookError } from '../shared/api/error.ts';
import type { AnyHostSource } from '../shared/api/fleet.ts';
import type { MethodOutput } from '../shared/api.ts';
import type { Client } from '../shared/wire/client.ts';
import type { Handlers, MainMethod } from '../shared/wire/dispatcher.ts';

type FleetDialog = Extract<MainMethod, `window.${string}Fleet${string}` | 'window.chooseInventory' | 'window.inventoryHosts' | 'window.choosePlaybook'>;
const extensions = { markdown: 'md', html: 'html', json: 'json', bundle: 'wbrun' } as const;

export function fleetDialogs(parentWindow: () => BrowserWindow, backend: () => Client): Handlers<FleetDialog> {
  const chosen = new Set<string>();
  const needChosen = (named: readonly string[]) => {
    const stranger = named.find((place) => !chosen.has(place));
    if (stranger !== undefined) throw new WrenchbookError('not-allowed', `${stranger} was not chosen in a dialog.`, 'Choose it again.');
  };
  return {
    async 'window.chooseInventory'() {
      const client = backend();
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), { title: 'Choose an Ansible inventory', properties: ['openFile'] });
      const [file] = filePaths;
      if (canceled || file === undefined) return null;
      const found = await hostsIn(client, file, 'all');
      chosen.add(file);
      return { path: file, found };
    },
    'window.inventoryHosts'({ path: file, group }) {
      needChosen([file]);
      return hostsIn(backend(), file, group);
    },
    async 'window.choosePlaybook'() {
      const client = backend();
      const { filePaths, canceled } = await dialog.showOpenDialog(parentWindow(), {
        title: 'Choose a folder with a compiled playbook',
        properties: ['openDirectory'],
      });
      const [folder] = filePaths;
      if (canceled || folder === undefined) return null;
      const about = (await client.call('fleets.readFolder', { folder })) as MethodOutput<'fleets.readFolder'>;
      chosen.add(about.folder);
      return about;
    },
    async 'window.prepareFleet'({ origin, sources, inventories, sshPassword }) {
      needChosen([...inventories.map((inventory) => inventory.path), ...(origin.kind === 'folder' ? [origin.folder] : [])]);
      const all = { sources: [...sources, ...inventories], sshPassword };
      if (origin.kind === 'folder')
        return (await backend().call('fleets.prepareFolder', { folder: origin.folder, ...all })) as MethodOutput<'fleets.prepareFolder'>;
      return (await backend().call('fleets.prepareForm', { form: origin.form, ...all })) as MethodOutput<'fleets.prepareForm'>;
    },
    async 'window.saveFleetPlaybook'({ runId }) {
      const client = backend();
      const { filePath, canceled } = await dialog.showSaveDialog(parentWindow(), {
        title: 'Save the playbook in a new folder',
        buttonLabel: 'Save',
        defaultPath: path.join(app.getPath('documents'), `${runId}-playbook`),
        properties: ['createDirectory'],
      });
      if (canceled || filePath === '') return { folder: null };
      return { folder: ((await client.call('fleets.savePlaybook', { runId, folder: filePath })) as MethodOutput<'fleets.savePlaybook'>).folder };
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

async function hostsIn(client: Client, file: string, group: string): Promise<MethodOutput<'fleets.findHosts'>> {
  const sources: AnyHostSource[] = [{ kind: 'inventory', path: file, group, role: '' }];
  return (await client.call('fleets.findHosts', { sources })) as MethodOutput<'fleets.findHosts'>;
}
