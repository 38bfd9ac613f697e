/** What sessions call the files that an admin chose. */
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { formFields, type Topic } from '../../../shared/topic-kit/index.ts';
import { type WorkstationShell, workstationShell } from '../sessions/workstation-shell.ts';

/** Files by the names that sessions know them by, which on Windows are others than those Browse gives. */
export async function namedForSession(
  topic: Pick<Topic, 'parameters'>,
  parameters: ParameterValues,
  shell: Pick<WorkstationShell, 'there'> = workstationShell,
): Promise<ParameterValues> {
  const names = formFields(topic.parameters, {}).flatMap(({ name, control }) => (control === 'file' && typeof parameters[name] === 'string' ? [name] : []));
  const files = await shell.there(names.map((name) => String(parameters[name])));
  return { ...parameters, ...Object.fromEntries(names.map((name, index) => [name, files[index] ?? ''])) };
}
