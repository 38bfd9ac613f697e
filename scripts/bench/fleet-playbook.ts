/** A playbook of the form that the compiler writes, for hosts that are folders of this machine: four steps that read, write and verify. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const numbers = Array.from({ length: 4 }, (_, at) => at + 1);

export const benchTasks = 3 * numbers.length;

const tasks = (number: number) => `- name: "step-${number}: Look"
  ansible.builtin.command: ls {{ data }}
  changed_when: false
  tags: [step-${number}]
- name: "step-${number}: Write"
  ansible.builtin.copy:
    content: "{{ inventory_hostname }} {{ lookup('pipe', 'date +%N') }}\\n"
    dest: "{{ data }}/file-${number}"
    mode: "0644"
  tags: [step-${number}]
- name: "step-${number}: Verify"
  ansible.builtin.shell: cat {{ data }}/file-${number}; seq 1 40
  changed_when: false
  tags: [step-${number}]
`;

export function writeBenchPlaybook(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const steps = numbers.map((number) => ({ id: `step-${number}`, title: `Step ${number}`, role: 'bench', tags: [`step-${number}`] }));
  writeFileSync(path.join(folder, 'wrenchbook.json'), JSON.stringify({ topic: 'bench', title: 'Bench', version: 1, steps, machines: [], secrets: [] }));
  writeFileSync(path.join(folder, 'tasks.yml'), `---\n${numbers.map(tasks).join('')}`);
  const play = '---\n- name: Bench\n  hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.import_tasks: tasks.yml\n';
  writeFileSync(path.join(folder, 'site.yml'), play);
  writeFileSync(path.join(folder, 'undo.yml'), '---\n- name: Undo\n  hosts: all\n  gather_facts: false\n  tasks: []\n');
  return folder;
}

/** Each has a folder of its own, and no connection: what is measured is what Wrenchbook adds, with nothing to hide it. */
export function writeBenchInventory(folder: string, hosts: number): string {
  const lines = Array.from({ length: hosts }, (_, at) => {
    const name = `host${String(at + 1).padStart(3, '0')}`;
    const data = path.join(folder, 'data', name);
    mkdirSync(data, { recursive: true });
    return `${name} data=${data}`;
  });
  const file = path.join(folder, 'hosts.ini');
  writeFileSync(file, `${lines.join('\n')}\n\n[all:vars]\nansible_connection=local\nansible_python_interpreter=/usr/bin/python3\n`);
  return file;
}
