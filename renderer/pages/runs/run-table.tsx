import { Button, Checkbox, Group, Table, VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import type { SearchResult } from '../../../shared/api/history.ts';
import { RehearsalBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { RunStatusMark } from '../../components/status/status-mark.tsx';
import { notComparable, pick, useComparedRuns } from '../../stores/compared-runs.ts';
import { routeHash } from '../../stores/route.ts';
import { isOpen } from '../../stores/run-summaries.ts';
import { loadRunStorage, useStorage } from '../../stores/storage.ts';
import { momentText } from '../../words/amounts.ts';
import { RunMatches } from './run-matches.tsx';
import { RunSize, RunStorageMenu } from './run-size.tsx';
import classes from './runs.module.css';

type Hit = SearchResult['hits'][number];

export function RunTable({ hits }: { hits: readonly Hit[] }) {
  const changes = useStorage((state) => state.changes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are asked for anew when runs were archived, restored or deleted
  useEffect(() => void loadRunStorage(hits.map(({ run }) => run.runId)), [hits, changes]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow window the table scrolls sideways and has to be reachable
    <section className={classes.table} aria-label="All runs" tabIndex={0}>
      <Table verticalSpacing="xs" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>Compare</VisuallyHidden>
            </Table.Th>
            <Table.Th>Procedure</Table.Th>
            <Table.Th>Started</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Steps</Table.Th>
            <Table.Th>Size</Table.Th>
            <Table.Th>
              <VisuallyHidden>Open</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hits.map((hit) => (
            <RunRow key={hit.run.runId} {...hit} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function RunRow({ run, matches }: Hit) {
  const { picked } = useComparedRuns();
  const archived = useStorage((state) => state.runs[run.runId]?.archived === true);
  const why = notComparable(run, picked);
  const name = `${run.topicTitle}, ${momentText(run.createdAt)}`;
  return (
    <Table.Tr>
      <Table.Td>
        <Checkbox
          size="xs"
          aria-label={`Compare ${name}${why && ` (not now: ${why})`}`}
          title={why || 'Compare with another run'}
          disabled={why !== ''}
          checked={picked.some(({ runId }) => runId === run.runId)}
          onChange={(event) => pick(run, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <a className={classes.title} href={routeHash(archived ? { page: 'transcript', runId: run.runId } : { page: 'run', runId: run.runId, view: 'step' })}>
          {run.topicTitle}
        </a>{' '}
        {run.rehearsal ? <RehearsalBadge /> : run.targetLabel}
        <div className={classes.says}>{run.says}</div>
        <RunMatches runId={run.runId} matches={matches} />
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>{momentText(run.createdAt)}</Table.Td>
      <Table.Td>
        <RunStatusMark status={run.status} />
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>
        {run.stepsDone} of {run.stepsTotal}
      </Table.Td>
      <Table.Td className={classes.number ?? ''}>
        <RunSize runId={run.runId} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {isOpen(run) && (
            <Button component="a" size="compact-xs" href={routeHash({ page: 'run', runId: run.runId, view: 'step' })} aria-label={`Continue ${name}`}>
              Continue
            </Button>
          )}
          <Button
            component="a"
            size="compact-xs"
            variant="default"
            href={routeHash({ page: 'transcript', runId: run.runId })}
            aria-label={`Transcript of ${name}`}
          >
            Transcript
          </Button>
          <RunStorageMenu run={run} name={name} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
