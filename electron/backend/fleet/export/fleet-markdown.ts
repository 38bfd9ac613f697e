/** A fleet run as Markdown: for tickets, wikis and people. Pure. */
import type { CellTask } from '../../../../shared/api/fleet.ts';
import type { FleetFinding, FleetFindings } from '../../../../shared/api/fleet-doctor.ts';
import { shownText } from '../../../../shared/api/shown-text.ts';
import { cellWords, type FleetTranscript, recordSays, verdictWords } from './fleet-transcript.ts';

export function toFleetMarkdown({ state, parts, verification, findings }: FleetTranscript): string {
  const lines = [
    `# ${plain(state.title)}: fleet run ${state.runId}`,
    '',
    '| | |',
    '|---|---|',
    `| Procedure | ${cell(state.topicId)}, version ${cell(state.version)} |`,
    `| Hosts | ${state.hosts} |`,
    `| Outcome | ${cell(state.says)} |`,
    `| Created | ${state.createdAt} |`,
    `| Ended | ${state.endedAt ?? 'not yet'} |`,
    `| Record | ${cell(recordSays(verification))} |`,
    '',
    '## Attempts',
    '',
    ...state.attempts.flatMap(({ number, kind, hosts, startedAt, endedAt, status, command }) => [
      `${number}. **${kind}** on ${hosts} hosts, ${startedAt} to ${endedAt ?? 'now'}, exit status ${status ?? 'not seen'}`,
      '',
      fenced(command, 'sh'),
      '',
    ]),
    ...(findings ? findingLines(findings) : []),
    '## Hosts and steps',
    '',
    `| Host | ${state.steps.map(({ title }) => cell(title)).join(' | ')} |`,
    `|---|${state.steps.map(() => '---|').join('')}`,
    ...state.hostRows.map(({ name, status }, at) => `| ${cell(name)} (${status}) | ${(state.cells[at] ?? []).map((each) => cellWords[each]).join(' | ')} |`),
    '',
  ];
  for (const [at, { host, aside, steps }] of parts.entries()) {
    const row = state.hostRows[at];
    lines.push(`## ${plain(host)}`, '', `Status: **${row?.status}**. ${plain(row?.says ?? '')}`, '');
    for (const task of aside) lines.push(...taskLines(task));
    for (const { step, status, tasks } of steps) {
      lines.push(`### ${plain(host)}: ${plain(step.title)}: ${cellWords[status]}`, '');
      if (tasks.length === 0) lines.push('Nothing ran.', '');
      for (const task of tasks) lines.push(...taskLines(task));
    }
  }
  return shownText(`${lines.join('\n')}\n`);
}

function findingLines({ topics, hosts, groups }: FleetFindings): string[] {
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const words = (wanted: FleetFinding['verdict'], verdicts: FleetFindings['groups'][number]['verdicts']) => {
    const named = verdicts.flatMap(({ topicId, verdict }) => (verdict === wanted ? [cell(titles.get(topicId) ?? topicId)] : []));
    return named.length === 0 ? [] : [`- ${verdictWords[wanted]}: ${named.join('; ')}`];
  };
  return [
    '## Findings',
    '',
    ...groups.flatMap(({ hosts: names, verdicts }) => [
      `**${names.map(plain).join(', ')}**`,
      '',
      ...(['affected', 'unknown', 'not-looked', 'already-fixed', 'not-affected'] as const).flatMap((verdict) => words(verdict, verdicts)),
      '',
    ]),
    `| Host | ${topics.map(({ title }) => cell(title)).join(' | ')} |`,
    `|---|${topics.map(() => '---|').join('')}`,
    ...hosts.map(({ name, findings }) => `| ${cell(name)} | ${findings.map(({ verdict }) => verdictWords[verdict]).join(' | ')} |`),
    '',
    ...hosts.flatMap(({ name, findings }) =>
      findings
        .filter(({ verdict }) => verdict === 'affected' || verdict === 'unknown')
        .map(
          ({ topicId, verdict, because, next }) =>
            `- ${plain(name)}, ${plain(titles.get(topicId) ?? topicId)}: ${verdictWords[verdict]}. ${plain(`${because} ${next}`.trim())}`,
        ),
    ),
    '',
  ];
}

function taskLines({ name, status, exit, command, output, error, message, diff, attempt }: CellTask): string[] {
  const head = `**${plain(name)}**: ${cellWords[status]}${exit === null ? '' : `, exit status ${exit}`} (attempt ${attempt})`;
  const parts: [string, string][] = [
    [command, 'sh'],
    [output, ''],
    [error, ''],
    [diff, 'diff'],
  ];
  return [
    head,
    '',
    ...parts.flatMap(([text, language]) => (text === '' ? [] : [fenced(text, language), ''])),
    ...(message ? [plain(message.replaceAll('\n', ' ')), ''] : []),
  ];
}

const plain = (text: string) => text.replaceAll('<', '\\<').replaceAll('](', ']\\(');
const cell = (text: string) => plain(text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('`', "'"));
function fenced(text: string, language: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
