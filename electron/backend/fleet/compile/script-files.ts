/** A step's shell texts as files of the role: byte for byte what a single run runs, or a template where facts of the host are filled in. Pure. */
import type { PlannedFact } from '../../../../shared/api/plan.ts';
import { factMarks } from '../../../../shared/topic-kit/index.ts';
import { type RoleNames, templateText } from './role-names.ts';

/** Files by their path in the folder that is written. */
export type CompiledFiles = Map<string, string>;

/** Puts a script into the role; the value of `ansible.builtin.shell`'s `cmd`. What a program says as an error is read in its place among the rest. */
export function scriptCommand(files: CompiledFiles, names: RoleNames, name: string, script: string, facts: readonly PlannedFact[] = []): string {
  const used = facts.filter(({ mark }) => script.includes(mark));
  const folder = `roles/${names.role}`;
  if (used.length === 0) {
    files.set(`${folder}/files/${name}.sh`, `${script}\n`);
    return `exec 2>&1\n{{ lookup('ansible.builtin.file', '${name}.sh', rstrip=false) }}\n`;
  }
  files.set(`${folder}/templates/${name}.sh.j2`, `${withFacts(script, used, names)}\n`);
  return `exec 2>&1\n{{ lookup('ansible.builtin.template', '${name}.sh.j2') }}\n`;
}

function withFacts(script: string, facts: readonly PlannedFact[], names: RoleNames): string {
  let text = '';
  let from = 0;
  for (const { 0: mark, index } of script.matchAll(factMarks)) {
    const fact = facts.find((one) => one.mark === mark);
    if (!fact) continue;
    const words = [fact.id, fact.title, String(fact.step), fact.use].map(templateText).join(', ');
    const joined = /\S/.test(script[index - 1] ?? ' ') ? ', joined=true' : '';
    text += `${escaped(script.slice(from, index))}{{ ${names.variable('state')}.facts | ${names.role}_fact(${words}${joined}) }}`;
    from = index + mark.length;
  }
  return text + escaped(script.slice(from));
}

/** What Jinja would take for its own is written as a text of its. */
const escaped = (text: string) => text.replace(/\{[{%#]/g, (found) => `{{ '${found}' }}`);
