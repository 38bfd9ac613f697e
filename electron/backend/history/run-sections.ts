/** What of a run can be found: one section for the run, and for each step what was done and what its terminal showed. Pure. */
import type { SearchPlace } from '../../../shared/api/history.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { RunEvent } from '../runs/run-event.ts';
import type { RunRecord } from '../runs/run-fold.ts';
import { transcriptEntries } from '../transcripts/event-words.ts';

export interface Section {
  /** Null for what belongs to no single step. */
  stepId: string | null;
  title: string;
  place: SearchPlace;
  text: string;
}

/** NFC, as the search wants it; sections without text are left out. */
export function runSections(record: RunRecord, events: readonly RunEvent[], screens: ReadonlyMap<string, string>): Section[] {
  const { created } = record;
  const entries = transcriptEntries(events);
  const said = (stepId: string | null) => entries.filter((entry) => entry.stepId === stepId).map((entry) => entry.text);
  const sections: Section[] = [
    { stepId: null, title: 'Run', place: 'record', text: [...aboutRun(record), ...said(null)].join('\n') },
    ...created.plan.flatMap((step): Section[] => {
      const title = `${step.number}. ${step.title}`;
      const done = [step.title, ...planned(step), ...said(step.id), ...happened(step, events)];
      return [
        { stepId: step.id, title, place: 'record', text: done.join('\n') },
        { stepId: step.id, title, place: 'screen', text: screens.get(step.id) ?? '' },
      ];
    }),
  ];
  return sections.filter(({ text }) => text.trim() !== '').map((section) => ({ ...section, text: section.text.normalize('NFC') }));
}

const aboutRun = ({ created }: RunRecord) => [
  created.runId,
  created.topicId,
  ...Object.entries(created.parameters).map(([name, value]) => `${name}: ${value}`),
  ...created.inputs.map((input) => `${input.path} ${input.sha256} ${input.summary}`),
];

const planned = (step: PlannedStep) =>
  [step.script, step.edit?.file, step.verifyScript, step.irreversible, step.confirm?.object].filter((text) => text != null);

/** Scripts are searched as planned, and as run where a way out ran another one. */
function happened(step: PlannedStep, events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => {
    if (!('stepId' in event) || event.stepId !== step.id) return [];
    if (event.type === 'edit-shown') return [event.diff];
    if ('verdicts' in event) return event.verdicts.flatMap(verdictWords);
    if ('script' in event && event.script !== null && event.script !== step.script) return [event.script];
    return [];
  });
}
const verdictWords = (verdict: Verdict) => [verdict.line, verdict.means, verdict.next, verdict.rule].filter(Boolean);
