/** Secret variables of a playbook: all that it asks for, and no others. */
import { WrenchbookError } from '../../../../shared/api/error.ts';
import type { AttemptKind } from '../../../../shared/api/fleet.ts';

/** `wanted`: their names, as the playbook has them. Throws `bad-parameters`. */
export function needSecrets({ kind, secrets }: { kind: AttemptKind; secrets: Readonly<Record<string, string>> }, wanted: readonly string[]): void {
  const stranger = Object.keys(secrets).find((name) => !wanted.includes(name));
  // A variable can be the program that Ansible starts: no others than the playbook asks for.
  if (stranger !== undefined)
    throw new WrenchbookError('bad-parameters', `The playbook asks for no secret variable "${stranger}".`, `It asks for: ${wanted.join(', ') || 'none'}.`);
  if (kind === 'undo') return;
  const missing = wanted.filter((name) => !secrets[name]);
  if (missing.length > 0)
    throw new WrenchbookError('bad-parameters', `These secret values are needed: ${missing.join(', ')}.`, 'Give each of them. They are kept in memory only.');
}
