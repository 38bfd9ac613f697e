/** What of a run can be found: one section for the run, and for each step what was done and what its terminal showed. Pure. */
import type { SearchPlace } from '../../../shared/api/history.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import type { TranscriptEntry } from '../../../shared/api/transcript.ts';
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

/** NFC, as the search wants it; sections without text are left out. Each lies where the transcript shows its text. */
export function runSections(record: RunRecord, events: readonly RunEvent[], screens: ReadonlyMap<string, string>): Section[] {
  const { created } = record;
  const entries = transcriptEntries(events);
  const happened = (stepId: string | null) => entries.filter((entry) => entry.stepId === stepId).flatMap(entryWords);
  const sections: Section[] = [
    { stepId: null, title: 'Run', place: 'record', text: [...aboutRun(record), ...happened(null)].join('\n') },
    ...created.plan.flatMap((step): Section[] => {
      const title = `${step.number}. ${step.title}`;
      const done = happened(step.id);
      return [
        { stepId: step.id, title, place: 'record', text: done.length > 0 ? [step.title, ...done].join('\n') : '' },
        { stepId: step.id, title, place: 'plan', text: [step.title, ...planned(step)].join('\n') },
        { stepId: step.id, title, place: 'screen', text: [screens.get(step.id) ?? '', ...changesShown(events, step.id)].join('\n') },
      ];
    }),
  ];
  return sections.filter(({ text }) => text.trim() !== '').map((section) => ({ ...section, text: section.text.normalize('NFC') }));
}

/** Changes of files stand where the terminal's screens do. */
const changesShown = (events: readonly RunEvent[], stepId: string) =>
  events.flatMap((event) => ((event.type === 'edit-shown' || event.type === 'edits-shown') && event.stepId === stepId ? [event.diff] : []));

const aboutRun = ({ created }: RunRecord) => [
  created.runId,
  created.topicId,
  ...Object.entries(created.parameters).map(([name, value]) => `${name}: ${value}`),
  ...created.inputs.map((input) => `${input.path} ${input.sha256} ${input.summary}`),
];

const planned = (step: PlannedStep) =>
  [step.beforeScript, step.script, step.edit?.file, step.edit?.find, step.afterwardsScript, step.verifyScript, step.irreversible, step.confirm?.object].filter(
    (text) => text != null,
  );

const entryWords = ({ text, script, verdicts }: TranscriptEntry) => [text, script, ...verdicts.flatMap(verdictWords)].filter((word) => word !== null);
const verdictWords = (verdict: Verdict) => [verdict.line, verdict.means, verdict.next, verdict.rule].filter(Boolean);
