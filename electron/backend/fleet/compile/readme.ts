/** What an admin reads before they sign: the steps, what each does, what stays by hand. Pure. */
import type { PlannedStep } from '../../../../shared/api/plan.ts';
import type { Step } from '../../../../shared/topic-kit/index.ts';
import type { Rollout, SecretVariable } from './playbooks.ts';
import type { Compiling } from './role-tasks.ts';
import { stopVariable } from './stop-at.ts';
import type { Resolved } from './uncompilable.ts';

export function folderReadme(
  { topic, plan, names }: Compiling,
  { rollout, inventory, secrets }: { rollout: Rollout; inventory: string | null; secrets: readonly SecretVariable[] },
): string {
  const from = inventory === null ? '-i INVENTORY ' : '';
  return lines([
    `# ${topic.title}`,
    '',
    topic.summary,
    '',
    `Compiled by Wrenchbook from its procedure \`${topic.id}\`, version ${topic.version}. It runs without Wrenchbook. Needed where it is started: ansible-core 2.14 or later, and Node.js 18 or later (Debian: \`apt install ansible-core nodejs\`). The hosts need Python 3, as for every Ansible module.`,
    '',
    '```',
    `ansible-playbook ${from}site.yml --check --diff   # only reads, and shows what would change`,
    `ansible-playbook ${from}site.yml --diff`,
    `ansible-playbook ${from}undo.yml`,
    '```',
    `Add \`-K\` if sudo wants a password. ${plan.machines ? `The inventory has these groups: ${plan.machines.map(({ id, title }) => `\`${id}\` (${title})`).join(', ')}. ` : ''}Steps have their ids as tags.`,
    '',
    `- First ${batch(rollout.serial[0])}, then ${rollout.serial.slice(1).map(batch).join(', then ') || 'the same again'}, until all are done. ${limits(rollout)}These are in site.yml.`,
    `- \`-e ${stopVariable(names.role)}=5\` begins no further batch once 5 hosts have failed, over all batches; hosts of the batch that runs finish. Hosts that never answered do not count. If all hosts of a batch fail, Ansible ends by itself.`,
    ...(topic.probe
      ? [
          `- Each host is checked first. If nothing is to be done there, it ends with the reason; if that is unknown, it fails. \`-e ${names.variable('only_if_affected')}=false\` runs the steps anyway.`,
        ]
      : []),
    '- A second run changes nothing. A run that has stopped half-way continues with the next start.',
    ...(secrets.length > 0
      ? [
          `- Asked for at the start, and written to no file here: ${secrets.map(({ label, variable }) => `${label} (\`${variable}\`)`).join(', ')}. With \`-e @vaulted.yml\` nothing is asked.`,
        ]
      : []),
    '',
    `For AWX or Semaphore, put this folder into a Git repository: it is a project as it is. \`execution-environment.yml\` describes an image that can play it. Neither asks anything while it runs, so give all variables before.`,
    '',
    `The steps are in roles/${names.role}/README.md.`,
  ]);
}
const limits = ({ maxFailPercentage, stopAt }: Rollout): string =>
  [
    maxFailPercentage === null ? '' : `If more than ${maxFailPercentage} % of a batch fail, the rest is left alone. `,
    stopAt === null ? '' : `Once ${stopAt} ${stopAt === 1 ? 'host has' : 'hosts have'} failed in all, no further batch begins. `,
  ].join('');
const batch = (size: number | string | undefined) => (size === 1 ? 'one host' : `${size} hosts at a time`);

export function roleReadme(
  { topic, plan, steps, names, stateFolder }: Compiling,
  { confirmations }: Resolved,
  { before, after }: { before: Step[]; after: Step[] },
): string {
  return lines([
    `# ${names.role}`,
    '',
    `${topic.risk.text} ${topic.cannotUndo.join(' ')}`.trim(),
    '',
    ...(before.length > 0 ? ['## By hand, before it', '', ...before.flatMap(manual), ''] : []),
    '## Steps',
    '',
    ...plan.steps
      .filter(({ kind }) => kind !== 'manual')
      .flatMap((planned) =>
        stepLines(
          planned,
          steps.find(({ id }) => id === planned.id),
          confirmations,
        ),
      ),
    '',
    ...(after.length > 0 ? ['## By hand, after it', '', ...after.flatMap(manual), ''] : []),
    '## How it decides',
    '',
    'What a program prints is judged by the procedure’s own rules, as in Wrenchbook: `files/rules.mjs` is their source, bundled and not minified, with the form in `files/values.json`. It reads text and prints text, on the computer that runs ansible-playbook; it changes nothing. `filter_plugins` passes the text to it.',
    '',
    `What the undo needs is kept on each host in \`${stateFolder}\`: what was read before, and a copy of each file that was changed. The last undo removes it. A file that somebody has changed since is not overwritten.`,
  ]);
}

const manual = (step: Step): string[] =>
  step.kind === 'manual' ? [`**${step.title}.** ${step.intro}`, '', ...step.instructions.map((line) => `- ${line}`), ''] : [];

function stepLines(planned: PlannedStep, step: Step | undefined, confirmations: Resolved['confirmations']): string[] {
  const rules = step?.kind === 'command' ? step.matchers : [];
  const proof = step && step.kind !== 'verify' ? (step.verify?.matchers ?? []) : [];
  return [
    `- **${planned.id}**: ${planned.title}. ${planned.intro} (${[planned.danger, ...(planned.on ? [`on ${planned.on}`] : []), ...(planned.needsRoot ? ['root'] : []), ...(step?.kind === 'command' && step.cutsLink ? ['can cut its link; the host is waited for'] : [])].join(', ')})`,
    ...(planned.edit ? [`  - edits ${planned.edit.place === '' ? planned.edit.file : `\`${planned.edit.place}\``}`] : []),
    ...[...rules, ...proof].flatMap((rule) => {
      if (rule.kind === 'harmless' || rule.kind === 'warning') return [];
      const words = rule.kind === 'failure' ? `fails with \`${rule.pattern.source}\`: ${rule.means}` : `wants \`${rule.pattern.source}\`: ${rule.means}`;
      return [`  - ${words.replace(/\s+/g, ' ')}`];
    }),
    ...(planned.irreversible ? [`  - cannot be undone: ${planned.irreversible}`] : []),
    ...(confirmations[planned.id] !== undefined ? [`  - was confirmed when it was compiled, by typing "${confirmations[planned.id]}"`] : []),
  ];
}

const lines = (all: readonly string[]): string => `${all.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
