/** The end of a run: what came out, what can be done with it now, and what proves it. */
import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconFileText, IconServer } from '@tabler/icons-react';
import { type RefObject, useEffect } from 'react';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { go } from '../../stores/route.ts';
import { loadTopic, useTopics } from '../../stores/topics.ts';
import { runStatusWords, toneColor } from '../../words/status.ts';
import { ExportButton } from '../export/export-button.tsx';
import { runIcon } from '../status/status-icons.ts';
import { AgainButton } from './again-button.tsx';
import classes from './end-panel.module.css';
import { FactsTable } from './facts-table.tsx';
import { lastEnded } from './last-ended.ts';
import { VerdictList } from './verdict-list.tsx';

export function EndPanel({ run, headingRef }: { run: RunState; headingRef: RefObject<HTMLHeadingElement | null> }) {
  const { label, tone } = runStatusWords(run.status);
  const Icon = runIcon(run.status);
  const last = lastEnded(run);
  const remain = run.status === 'undone' ? stillDone(run) : [];
  const except = remain.length === 0 ? '' : `, except ${remain.length === 1 ? '1 step' : `${remain.length} steps`}`;
  return (
    <section className={classes.panel} aria-labelledby="run-end">
      <h2 id="run-end" ref={headingRef} tabIndex={-1} style={{ color: toneColor(tone) }}>
        <Icon size={20} aria-hidden style={{ verticalAlign: -3 }} /> {run.rehearsal ? `Rehearsal ${label}` : label}
        {except}
      </h2>
      {remain.length === 0 && run.says.toLowerCase() !== `${label}.` && <p className={classes.says}>{run.says}</p>}
      {remain.length > 0 && (
        <ul className={classes.remain} aria-label="What stays as it is">
          {remain.map(({ id, title, irreversible }) => (
            <li key={id}>
              <strong>{title}:</strong> {irreversible}
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconFileText size={15} aria-hidden />}
          onClick={() => go({ page: 'transcript', runId: run.runId })}
          data-main-action
          title="Ctrl+Enter"
        >
          Open the transcript
        </Button>
        {run.rehearsal && <AfterRehearsal topicId={run.topicId} />}
        <ExportButton runId={run.runId} />
        <AgainButton run={run} />
      </Group>
      {last && (
        <div>
          <h3>Last step: {last.step.title}</h3>
          <VerdictList stepId={last.state.id} verdicts={last.state.verdicts} label="Result" />
        </div>
      )}
      {run.facts.length > 0 && (
        <div>
          <h3>Values found</h3>
          <FactsTable facts={run.facts} />
        </div>
      )}
    </section>
  );
}

/** What an undo left: done, and without a way back. */
const stillDone = (run: RunState): PlannedStep[] =>
  run.plan.filter((step) => step.irreversible !== null && run.steps.some(({ id, status }) => id === step.id && status === 'done'));

/** From here on it is for real, or it is practised what goes wrong. */
function AfterRehearsal({ topicId }: { topicId: string }) {
  const topic = useTopics((state) => state.details[topicId]);
  useEffect(() => void loadTopic(topicId), [topicId]);
  if (topic?.kind !== 'procedure') return null;
  return (
    <>
      {topic.targets.length > 0 && (
        <Button size="xs" variant="default" leftSection={<IconServer size={15} aria-hidden />} onClick={() => go({ page: 'start', topicId, where: null })}>
          Run it for real
        </Button>
      )}
      {topic.labFailures.length > 0 && (
        <Button size="xs" variant="default" leftSection={<IconAlertTriangle size={15} aria-hidden />} onClick={() => go({ page: 'topic', topicId })}>
          Rehearse a failure
        </Button>
      )}
    </>
  );
}
