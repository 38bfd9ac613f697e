/** A small folder of the form that the compiler writes: reads, writes a file as root, works on it, verifies, and undoes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const smallSteps = [
  { id: 'look', title: 'Look', role: '' },
  { id: 'write', title: 'Write the file', role: '' },
  { id: 'work', title: 'Work on it', role: '' },
  { id: 'verify', title: 'Verify', role: '' },
];

export function writeSmallPlaybook(folder: string): string {
  const tasks = path.join(folder, 'roles', 'small', 'tasks');
  mkdirSync(tasks, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  write(
    'wrenchbook.json',
    JSON.stringify({
      topic: 'small',
      title: 'Small',
      version: 1,
      steps: smallSteps.map(({ id, title }) => ({ id, title, role: 'small', tags: [id] })),
      machines: [],
      secrets: ['db_password'],
    }),
  );
  const play = (title: string, body: string) => `---\n- name: ${title}\n  hosts: all\n  gather_facts: false\n  become: true\n${body}`;
  write('site.yml', play('Small', '  serial:\n    - 1\n    - "100%"\n  roles:\n    - role: small\n'));
  write(
    'undo.yml',
    play(
      'Undo small',
      `  tasks:
    - name: "write: Remove the file"
      ansible.builtin.file:
        path: /srv/data/app.conf
        state: absent
      tags: [write]
`,
    ),
  );
  write(
    'roles/small/tasks/main.yml',
    `---
- name: "look: Say who is there"
  ansible.builtin.command: uname -n
  changed_when: false
  tags: [look]
- name: "write: Write the file"
  ansible.builtin.copy:
    content: "host={{ inventory_hostname }}\\n"
    dest: /srv/data/app.conf
    mode: "0644"
  tags: [write]
- name: "write: Only where it is odd"
  ansible.builtin.command: /bin/false
  when: false
  tags: [write]
- name: "work: Count"
  ansible.builtin.shell: |
    [ ! -e /srv/data/slow ] || sleep 2
    [ ! -e /srv/data/broken ] || { echo 'the disk is odd' >&2; exit 7; }
    echo "$PW" | sha256sum >/srv/data/sum; echo x >>/srv/data/count; echo "given {{ db_password }}"
  environment:
    PW: "{{ db_password }}"
  tags: [work]
- name: "verify: Read it"
  ansible.builtin.command: cat /srv/data/app.conf
  changed_when: false
  tags: [verify]
`,
  );
  return folder;
}
