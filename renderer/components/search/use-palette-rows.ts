import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { RunSummary } from '../../../shared/api/run.ts';
import { placeText } from '../../../shared/api/target.ts';
import { noteCaptured } from '../../stores/captured.ts';
import type { Found } from '../../stores/found-topics.ts';
import { ask } from '../../stores/intent.ts';
import { go, useRoute } from '../../stores/route.ts';
import { useRunStates } from '../../stores/run-states.ts';
import { placeOf } from '../../stores/run-summaries.ts';
import { startRehearsal } from '../../stores/start-rehearsal.ts';
import { useTargets } from '../../stores/targets.ts';
import { useTopics } from '../../stores/topics.ts';
import { useFoundTopics } from '../../stores/use-found-topics.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import { listedFleetWords } from '../../words/fleet.ts';
import { runStatusWords, stepStatusWords } from '../../words/status.ts';
import { type PaletteRow, rankRows } from './palette-rows.ts';

const pages: readonly PaletteRow[] = [
  { id: 'catalogue', kind: 'page', label: 'Catalogue', detail: 'All procedures', open: () => go({ page: 'catalogue' }) },
  { id: 'runs', kind: 'page', label: 'Runs', detail: 'Unfinished and finished runs, their transcripts', words: 'history', open: () => go({ page: 'runs' }) },
  {
    id: 'fleets',
    kind: 'page',
    label: 'Fleets',
    detail: 'One procedure on many hosts',
    words: 'ansible playbook inventory hosts',
    open: () => go({ page: 'fleets' }),
  },
  { id: 'targets', kind: 'page', label: 'Targets', detail: 'Your machines', words: 'hosts servers', open: () => go({ page: 'targets' }) },
  { id: 'storage', kind: 'page', label: 'Storage', detail: 'Archive or delete old runs', words: 'space disk clean', open: () => go({ page: 'storage' }) },
  {
    id: 'settings',
    kind: 'page',
    label: 'Settings',
    detail: 'Settings of this Wrenchbook',
    words: 'preferences keys signing',
    open: () => go({ page: 'settings' }),
  },
];
const actions: readonly PaletteRow[] = [
  {
    id: 'check-up',
    kind: 'action',
    label: 'Check-up of this machine',
    detail: 'Everything there is a procedure for',
    words: 'doctor probe diagnose health',
    open: () => go({ page: 'doctor', where: 'local' }),
  },
  {
    id: 'machine',
    kind: 'action',
    label: 'All about this machine',
    detail: 'Facts, check-ups, runs, and what changed since',
    words: 'drift history report',
    open: () => go({ page: 'machine', where: 'local' }),
  },
  {
    id: 'watch-log',
    kind: 'action',
    label: 'Watch a log of this machine …',
    detail: 'Says when a known symptom appears',
    words: 'follow tail journal',
    open: () => go({ page: 'watch', where: 'local' }),
  },
  { id: 'import', kind: 'action', label: 'Import a run …', detail: 'From a signed bundle', words: 'open', open: () => ask('import-run', { page: 'runs' }) },
  {
    id: 'add',
    kind: 'action',
    label: 'Add a target …',
    detail: 'A machine that procedures run on',
    words: 'new host',
    open: () => ask('add-target', { page: 'targets' }),
  },
  {
    id: 'ssh',
    kind: 'action',
    label: 'Add targets from ssh files …',
    detail: 'From ssh_config and known_hosts',
    open: () => ask('import-targets', { page: 'targets' }),
  },
];

/** `runs` of the history are asked for; the rest is there. */
export function usePaletteRows(text: string): PaletteRow[] {
  const topics = useTopics((state) => state.list);
  const found = useFoundTopics(text)?.found;
  const runs = useRunsFor(text);
  const targets = useTargets((state) => state.targets);
  const steps = useStepRows();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(() => {
    const asked = text.trim() !== '';
    const schemes = (['light', 'dark', 'auto'] as const).map(
      (scheme): PaletteRow => ({
        id: scheme,
        kind: 'action',
        label: scheme === 'auto' ? 'Colours of the system' : scheme === 'light' ? 'Light colours' : 'Dark colours',
        detail: 'Switch the theme',
        words: 'mode appearance color scheme',
        open: () => setColorScheme(scheme),
      }),
    );
    const rehearsals = (asked ? (topics ?? []) : []).flatMap((topic): PaletteRow[] =>
      topic.kind === 'procedure'
        ? [
            {
              id: `rehearse-${topic.id}`,
              kind: 'action',
              label: `Start a rehearsal of ${topic.title}`,
              detail: 'In the lab, with the lab’s values',
              words: `rehearse ${topic.alsoCalled.join(' ')}`,
              open: () => void startRehearsal(topic.id, null),
            },
          ]
        : [],
    );
    const machines = (targets ?? []).map(
      (target): PaletteRow => ({
        id: `target-${target.id}`,
        kind: 'target',
        label: target.name,
        detail: [placeText(target.connection), target.group, ...target.tags].filter(Boolean).join(' · '),
        open: () => go({ page: 'targets' }),
      }),
    );
    const procedures = (found ?? []).map((one, at) => procedureRow(one, asked ? (one.recognised ? 90 : 79) - Math.min(at, 19) : 0));
    return rankRows([...pages, ...actions, ...schemes, ...runs, ...steps, ...machines, ...procedures, ...rehearsals], text);
  }, [text, topics, found, runs, targets, steps, setColorScheme]);
}

const procedureRow = ({ topic, because, recognised, captured }: Found, fit: number): PaletteRow => ({
  id: `topic-${topic.id}`,
  kind: 'procedure',
  label: topic.title,
  detail: because ? `${recognised ? 'Recognised' : 'Matches'}: ${because}` : topic.summary,
  found: fit,
  open: () => {
    noteCaptured(topic.id, captured);
    go({ page: 'topic', topicId: topic.id });
  },
});

const fewRuns = 5;
const latestRuns = 30;

/** The latest runs, to be found by their names; and those in which the text occurs. */
function useRunsFor(text: string): readonly PaletteRow[] {
  const [settled] = useDebouncedValue(text.trim().slice(0, 200), 200);
  const [latest, setLatest] = useState<readonly RunSummary[]>([]);
  const [inside, setInside] = useState<{ text: string; runs: readonly RunSummary[] }>({ text: '', runs: [] });
  useEffect(() => {
    let wanted = true;
    const [note, limit] = settled ? [(runs: RunSummary[]) => setInside({ text: settled, runs }), fewRuns] : [setLatest, latestRuns];
    api.runs
      .search({ text: settled, limit, offset: 0 })
      .then(({ hits }) => wanted && note(hits.map(({ run }) => run)))
      .catch(() => undefined); // the Runs page says what is wrong
    return () => {
      wanted = false;
    };
  }, [settled]);
  return useMemo(() => {
    const asked = text.trim();
    const found = asked !== '' && inside.text === asked ? inside.runs : [];
    const shown = asked === '' ? latest.slice(0, fewRuns) : latest;
    return [
      // Found by what is in them; what bears the words in its name comes before.
      ...found.map((run) => ({ ...runRow(run), found: 50 })),
      ...shown.filter(({ runId }) => !found.some((run) => run.runId === runId)).map(runRow),
    ];
  }, [latest, inside, text]);
}

const runRow = (run: RunSummary): PaletteRow => ({
  id: `run-${run.runId}`,
  kind: 'run',
  label: `${run.fleet ? 'Fleet run' : run.rehearsal ? 'Rehearsal' : 'Run'}: ${run.topicTitle}`,
  detail: `${momentText(run.createdAt)} · ${run.rehearsal ? 'lab' : run.targetLabel} · ${((run.fleet && listedFleetWords[run.status]) || runStatusWords(run.status)).label}`,
  open: () => go(placeOf(run)),
});

/** The steps of the run that is open in the window. */
function useStepRows(): readonly PaletteRow[] {
  const runId = useRoute(({ route }) => (route.page === 'run' || route.page === 'transcript' ? route.runId : null));
  const run = useRunStates(({ states }) => (runId === null ? undefined : states[runId]));
  return useMemo(
    () =>
      (run?.plan ?? []).map((step) => ({
        id: `step-${step.id}`,
        kind: 'step' as const,
        label: `Step ${step.number}: ${step.title}`,
        detail: `${stepStatusWords(run?.steps.find(({ id }) => id === step.id)?.status ?? 'pending').label} · in the plan of this run`,
        open: () => run && go({ page: 'transcript', runId: run.runId, at: { stepId: step.id, place: 'plan' } }),
      })),
    [run],
  );
}
