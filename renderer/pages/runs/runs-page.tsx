import { Button, Group, Loader, Table, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import type { RunSummary } from '../../../shared/api/run.ts';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { RehearsalBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { RunStatusMark } from '../../components/status/status-mark.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { go, routeHash } from '../../stores/route.ts';
import { loadRunHistory, useRunHistory } from '../../stores/run-history.ts';
import { isOpen } from '../../stores/run-summaries.ts';
import { momentText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './runs.module.css';

export function RunsPage() {
  const { runs, trouble } = useRunHistory();
  useEffect(() => void loadRunHistory(), []);
  return (
    <div className={page.page}>
      <PageHeading title="Runs" />
      <p className={page.lead}>Open runs wait where you left them, also after a restart of either machine. Every run keeps its transcript.</p>
      {trouble && <TroubleNote text={trouble} />}
      {!runs && !trouble && <Loader size="sm" mt="md" aria-label="Reading the runs" />}
      {runs?.length === 0 && (
        <div style={{ marginTop: 18 }}>
          <EmptyNote title="No runs yet" text="A rehearsal in the lab is a good first run: same steps, simulated tools, nothing real is touched.">
            <Button size="xs" onClick={() => go({ page: 'catalogue' })}>
              Choose a procedure to rehearse
            </Button>
          </EmptyNote>
        </div>
      )}
      {runs && runs.length > 0 && <RunTable runs={runs} />}
    </div>
  );
}

function RunTable({ runs }: { runs: readonly RunSummary[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow window the table scrolls sideways and has to be reachable
    <section className={classes.table} aria-label="All runs" tabIndex={0}>
      <Table verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Procedure</Table.Th>
            <Table.Th>Started</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Steps</Table.Th>
            <Table.Th>
              <VisuallyHidden>Open</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function RunRow({ run }: { run: RunSummary }) {
  return (
    <Table.Tr>
      <Table.Td>
        <a className={classes.title} href={routeHash({ page: 'run', runId: run.runId, view: 'step' })}>
          {run.topicTitle}
        </a>{' '}
        {run.rehearsal ? <RehearsalBadge /> : run.targetLabel}
        <div className={classes.says}>{run.says}</div>
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{momentText(run.createdAt)}</Table.Td>
      <Table.Td>
        <RunStatusMark status={run.status} />
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>
        {run.stepsDone} of {run.stepsTotal}
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {isOpen(run) && (
            <Button
              component="a"
              size="compact-xs"
              href={routeHash({ page: 'run', runId: run.runId, view: 'step' })}
              aria-label={`Continue ${run.topicTitle}, ${momentText(run.createdAt)}`}
            >
              Continue
            </Button>
          )}
          <Button
            component="a"
            size="compact-xs"
            variant="default"
            href={routeHash({ page: 'transcript', runId: run.runId })}
            aria-label={`Transcript of ${run.topicTitle}, ${momentText(run.createdAt)}`}
          >
            Transcript
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
