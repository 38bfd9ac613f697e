/** How ansible-playbook is started: in the folder with the playbook and its inventory. */
import type { AttemptKind } from '../../../../shared/api/fleet.ts';
import { nodePath } from './find-node.ts';
import { runVariable } from './outliving.ts';

/** `limitFile`: names of the hosts. `secretsFile`: a pipe with the secret variables; null: there are none. */
export const ansibleArguments = (kind: AttemptKind, limitFile: string, secretsFile: string | null): string[] => [
  ...['-i', 'inventory.yml', '--limit', `@${limitFile}`, '--diff'],
  ...(kind === 'check' ? ['--check'] : []),
  ...(secretsFile === null ? [] : ['--extra-vars', `@${secretsFile}`]),
  kind === 'undo' ? 'undo.yml' : 'site.yml',
];

interface Reporting {
  runId: string;
  /** Folder with the callback plugin. */
  pluginFolder: string;
  /** Where the plugin writes its events. */
  eventsFile: string;
  /** Variables whose values the plugin masks. */
  secretNames: readonly string[];
}
export function ansibleEnvironment({ runId, pluginFolder, eventsFile, secretNames }: Reporting): Record<string, string> {
  const own = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return {
    ...own,
    ANSIBLE_CALLBACK_PLUGINS: pluginFolder,
    ANSIBLE_CALLBACKS_ENABLED: 'wrenchbook_events',
    ANSIBLE_HOST_KEY_CHECKING: 'True',
    ANSIBLE_RETRY_FILES_ENABLED: 'False',
    // Modules go over the connection and not into files on the host, and so do the values in them.
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_NOCOWS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    WRENCHBOOK_NODE: nodePath() ?? 'node',
    WRENCHBOOK_FLEET_EVENTS: eventsFile,
    WRENCHBOOK_FLEET_SECRETS: secretNames.join(' '),
    [runVariable]: runId,
  };
}
