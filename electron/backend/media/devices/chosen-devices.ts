/** Whether the devices that a form names are there, are who they are said to be, and can be chosen now. */
import type { MediaDevice } from '../../../../shared/api/media.ts';
import type { ParameterIssue, ParameterValues } from '../../../../shared/api/topic.ts';
import { deviceTitle, formFields, parseDeviceValue, type Topic } from '../../../../shared/topic-kit/index.ts';

export async function deviceIssues(topic: Topic, values: ParameterValues, list: () => Promise<MediaDevice[]>): Promise<ParameterIssue[]> {
  const fields = formFields(topic.parameters, {}).filter(({ control, name }) => control === 'device' && parseDeviceValue(String(values[name] ?? '')) !== null);
  if (fields.length === 0) return [];
  const devices = await list();
  return fields.flatMap(({ name, liftedBy }) => {
    const issue = issueOf(String(values[name]), devices, liftedBy === undefined ? '' : String(values[liftedBy] ?? ''));
    return issue ? [{ field: name, ...issue }] : [];
  });
}

function issueOf(value: string, devices: readonly MediaDevice[], typedSize: string): Omit<ParameterIssue, 'field'> | null {
  const chosen = parseDeviceValue(value);
  if (!chosen) return { message: 'This does not name a device.', next: 'Choose one from the list.' };
  const there = devices.find(({ path }) => path === chosen.path);
  if (!there) return { message: `${chosen.path} is not there.`, next: 'Plug the stick in, and choose it from the list.' };
  const differs = (['vendor', 'model', 'serial', 'bytes'] as const).some((what) => there[what] !== chosen[what]);
  if (differs) return { message: `${chosen.path} is a different device now: ${deviceTitle(there)}.`, next: 'Choose from the list again.' };
  if (there.whyNot?.kind === 'large' && typedSize === String(there.bytes)) return null;
  return there.whyNot && { message: there.whyNot.message, next: there.whyNot.next };
}
