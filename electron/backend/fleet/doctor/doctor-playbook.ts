/** A check-up of many hosts as a playbook that only reads: what kind of system it is, and the checks of all procedures, a task for each category. Pure. */
import { checkUpTopic } from '../../../../shared/api/fleet-doctor.ts';
import type { DoctorTopic } from '../../doctor/doctor-look.ts';
import { doctorScript } from '../../doctor/doctor-script.ts';
import { systemScript } from '../compile/role-start.ts';
import { yamlText } from '../compile/yaml-text.ts';
import type { PlaybookFile } from '../run/playbook-folder.ts';

/** In `wrenchbook.json`, for who judges what came back. */
export interface DoctorAbout {
  /** Nobody else prints it: it stands between the outputs of checks. */
  mark: string;
  /** With root's rights. */
  deep: boolean;
  category: string | null;
}
export const systemStep = 'system';

/** Seconds for one check. */
const secondsEach = 10;

/** `Storage & firmware` → `storage-firmware`: the step whose task has the checks of that category. */
export const stepOfCategory = (category: string): string => category.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export function doctorPlaybook(topics: readonly DoctorTopic[], { mark, deep, category }: DoctorAbout): PlaybookFile[] {
  const looked = topics.flatMap(({ topic, look }) => ('parts' in look ? [{ topic, part: look.parts[0] }] : []));
  const categories = [...new Set(looked.map(({ topic }) => topic.category))];
  const tools = [...new Set(looked.flatMap(({ part }) => part?.tools ?? []))].map((name) => ({ name }));
  const files: PlaybookFile[] = [{ path: `files/${systemStep}.sh`, text: `${systemScript({ tools })}\nid -u | sed 's/^/uid=/'\n` }];
  const tasks = [task(systemStep, 'Read what kind of system it is', false)];
  for (const name of categories) {
    const step = stepOfCategory(name);
    const parts = looked.filter(({ topic }) => topic.category === name).map(({ topic, part }) => ({ id: topic.id, script: part?.script ?? ':' }));
    files.push({ path: `files/${step}.sh`, text: `${doctorScript(parts, mark, secondsEach)}\n` });
    tasks.push(task(step, `Check: ${name}`, deep));
  }
  const title = 'Check-up of many hosts';
  const steps = [{ id: systemStep, title: 'System' }, ...categories.map((name) => ({ id: stepOfCategory(name), title: name }))];
  const about = { topic: checkUpTopic, title, version: 1, steps, machines: [], secrets: [], doctor: { mark, deep, category } };
  const words = ['A check-up of many hosts by Wrenchbook. It only reads.', 'What comes back is judged by the procedures’ own rules.'];
  return [
    ...files,
    { path: 'site.yml', text: yamlText([{ name: title, hosts: 'all', gather_facts: false, tasks }], words) },
    { path: 'wrenchbook.json', text: `${JSON.stringify(about, null, 2)}\n` },
  ];
}

const task = (step: string, title: string, asRoot: boolean) => ({
  name: `${step}: ${title}`,
  'ansible.builtin.shell': { cmd: `exec 2>&1\n{{ lookup('ansible.builtin.file', '${step}.sh', rstrip=false) }}\n` },
  changed_when: false,
  // What it means is judged afterwards.
  failed_when: false,
  check_mode: false,
  ...(asRoot && { become: true }),
  tags: [step],
});
