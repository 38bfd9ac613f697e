import { Button, Checkbox, Group, Table, VisuallyHidden } from '@mantine/core';
import { IconFileText, IconStack2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { SearchResult } from '../../../shared/api/history.ts';
import { RehearsalBadge } from '../../components/rehearsal/rehearsal-band.tsx';
import { ListedStatus } from '../../components/status/listed-status.tsx';
import { notComparable, pick, useComparedRuns } from '../../stores/compared-runs.ts';
import { routeHash } from '../../stores/route.ts';
import { isOpen, placeOf } from '../../stores/run-summaries.ts';
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
    <section className={classes.table} aria-label="All runs">
      <Table className={classes.runs ?? ''} verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.tick ?? ''}>
              <VisuallyHidden>Compare</VisuallyHidden>
            </Table.Th>
            <Table.Th>Procedure</Table.Th>
            <Table.Th className={classes.target ?? ''}>Target</Table.Th>
            <Table.Th className={classes.started ?? ''}>Started</Table.Th>
            <Table.Th className={classes.status ?? ''}>Status</Table.Th>
            <Table.Th className={classes.steps ?? ''}>Steps</Table.Th>
            <Table.Th className={classes.size ?? ''}>Size</Table.Th>
            <Table.Th className={classes.actions ?? ''}>
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
        <a
          className={classes.title}
          title={run.topicTitle}
          href={routeHash(run.fleet ? placeOf(run) : archived ? { page: 'transcript', runId: run.runId } : { page: 'run', runId: run.runId, view: 'step' })}
        >
          {run.topicTitle}
        </a>
        <div className={classes.says} title={run.says}>
          <span className={classes.when}>
            {momentText(run.createdAt)} · {progressText(run)} ·{' '}
          </span>
          {run.says}
        </div>
        <RunMatches run={run} matches={matches} />
      </Table.Td>
      <Table.Td className={classes.target ?? ''}>
        {run.rehearsal ? (
          <RehearsalBadge />
        ) : (
          <span className={classes.place} title={run.targetLabel}>
            {run.fleet && <FleetBadge />}
            {run.targetLabel}
          </span>
        )}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.started}`}>{momentText(run.createdAt)}</Table.Td>
      <Table.Td className={classes.status ?? ''}>
        <ListedStatus run={run} />
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.steps}`}>
        {run.stepsDone} of {run.stepsTotal}
        {run.fleet && <VisuallyHidden> hosts</VisuallyHidden>}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.size}`}>
        <RunSize runId={run.runId} />
      </Table.Td>
      <Table.Td className={classes.actions ?? ''}>
        <Group gap={6} wrap="nowrap" justify="flex-end">
          {isOpen(run) && !run.fleet && <OpenButton run={run} name={name} />}
          <Button
            component="a"
            className={classes.transcript ?? ''}
            size="compact-xs"
            variant="default"
            href={routeHash(run.fleet ? placeOf(run) : { page: 'transcript', runId: run.runId })}
            aria-label={`${run.fleet ? 'Hosts' : 'Transcript'} of ${name}`}
            title={run.fleet ? 'Hosts' : 'Transcript'}
          >
            <IconFileText size={14} aria-hidden />
            <span className={classes.word}>{run.fleet ? 'Hosts' : 'Transcript'}</span>
          </Button>
          <RunStorageMenu run={run} name={name} />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** Steps; of a fleet run hosts. */
const progressText = ({ stepsDone, stepsTotal, fleet }: Hit['run']) => `${stepsDone} of ${stepsTotal}${fleet ? ' hosts' : ''}`;

/** Beside the number of its hosts. */
const FleetBadge = () => (
  <span className={classes.fleet}>
    <IconStack2 size={13} aria-hidden /> Fleet
  </span>
);

/** Nothing can be continued at a dead end; what is left to do stands in the run. */
function OpenButton({ run, name }: { run: Hit['run']; name: string }) {
  const word = run.status === 'dead-end' ? 'Open' : 'Continue';
  return (
    <Button
      component="a"
      size="compact-xs"
      variant={word === 'Open' ? 'default' : 'filled'}
      href={routeHash({ page: 'run', runId: run.runId, view: 'step' })}
      aria-label={`${word} ${name}`}
    >
      {word}
    </Button>
  );
}
