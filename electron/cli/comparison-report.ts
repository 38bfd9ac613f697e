/** What differs between two runs, as text for a terminal: `-` is the first run, `+` the second. Pure. */
import type { ComparedStep, ComparedValue, Comparison, ComparisonRow, LineDiff } from '../../shared/api/history.ts';
import type { RunSummary, Verdict } from '../../shared/api/run.ts';

export function comparisonReport({ left, right, rows, facts, parameters }: Comparison): string {
  const differing = rows.filter((row) => row.differs.length > 0).length;
  return [
    `- ${aboutRun(left)}`,
    `+ ${aboutRun(right)}`,
    '',
    ...values('Parameters', parameters),
    ...values('Facts', facts),
    ...rows.flatMap(rowLines),
    '',
    `${differing} of ${rows.length} steps differ.`,
  ].join('\n');
}

const aboutRun = (run: RunSummary) => `${run.runId}  ${run.status}  ${run.targetLabel}${run.rehearsal ? '  rehearsal' : ''}  ${run.topicTitle}`;

const values = (title: string, given: readonly ComparedValue[]) =>
  given.length === 0
    ? []
    : [`${title}:`, ...given.flatMap(({ name, left, right }) => [`    - ${name}: ${left ?? '(none)'}`, `    + ${name}: ${right ?? '(none)'}`]), ''];

function rowLines(row: ComparisonRow): string[] {
  if (row.differs.length === 0) return [`  same     ${row.title}`];
  return [
    `  differs  ${row.title}: ${row.differs.join(', ')}`,
    `    - ${aboutStep(row.left)}`,
    `    + ${aboutStep(row.right)}`,
    ...row.verdicts.filter(({ left, right }) => left?.kind !== right?.kind || left?.line !== right?.line || left?.means !== right?.means).flatMap(verdictLines),
    ...diffLines('script', row.script),
    ...diffLines('screen', row.screen),
  ];
}

function aboutStep(step: ComparedStep | null): string {
  if (!step) return 'not in this run';
  const parts = [step.status, `${step.attempts} ${step.attempts === 1 ? 'attempt' : 'attempts'}`];
  if (step.ms !== null) parts.push(`${(step.ms / 1000).toFixed(1)} s`);
  if (step.exitStatus !== null) parts.push(`exit status ${step.exitStatus}`);
  if (step.skipReason !== null) parts.push(`skipped because: ${step.skipReason}`);
  return parts.join(', ');
}

const verdictLines = ({ rule, left, right }: ComparisonRow['verdicts'][number]) => [
  `    - ${rule}: ${aboutVerdict(left)}`,
  `    + ${rule}: ${aboutVerdict(right)}`,
];
const aboutVerdict = (verdict: Verdict | null) => (verdict ? `${verdict.kind}: ${verdict.means}${verdict.line ? ` (${verdict.line})` : ''}` : '(none)');

/** Lines that are in both are left out, as where they lie can be seen in the transcripts. */
function diffLines(name: string, diff: LineDiff | null): string[] {
  if (!diff) return [];
  return [
    `    ${name}:`,
    ...diff.filter(({ side }) => side !== 'both').flatMap(({ side, lines }) => lines.map((line) => `      ${side === 'left' ? '-' : '+'} ${line}`)),
  ];
}
