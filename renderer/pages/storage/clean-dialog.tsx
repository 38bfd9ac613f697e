/** Shows to the last run what would be archived and deleted, and does it when that was agreed to. */
import { Button, Group, Modal, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RetentionPlan } from '../../../shared/api/storage.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { momentText, runsText, sizeText } from '../../words/amounts.ts';
import { listedFleetText } from '../../words/fleet.ts';
import { runStatusWords } from '../../words/status.ts';
import { JobProgress } from './job-progress.tsx';
import classes from './storage.module.css';
import type { StorageJob } from './use-storage-job.ts';

interface CleanDialogProps {
  plan: RetentionPlan;
  job: StorageJob;
  onClean(confirmation: string | null): void;
  onClose(): void;
}

export function CleanDialog({ plan, job, onClean, onClose }: CleanDialogProps) {
  const [typed, setTyped] = useState('');
  const busy = job.progress !== null;
  const agreed = plan.confirm === null || typed === plan.confirm;
  return (
    <Modal opened onClose={() => !busy && onClose()} title="What would be done" size="xl" withCloseButton={!busy}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (agreed) onClean(plan.confirm);
        }}
      >
        <p className={classes.note}>{sumText(plan)}</p>
        {plan.entries.length > 0 && <Entries plan={plan} />}
        {plan.spared.length > 0 && <Spared plan={plan} />}
        {job.trouble && <TroubleNote text={job.trouble} />}
        <JobProgress job={job} />
        {plan.confirm !== null && !busy && (
          <TextInput
            mt="sm"
            label={`Deleting can't be undone. Type “${plan.confirm}” to continue`}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" disabled={busy} onClick={onClose} data-autofocus={plan.confirm === null || undefined}>
            {plan.entries.length === 0 ? 'Close' : 'Change nothing'}
          </Button>
          {plan.entries.length > 0 && (
            <Button type="submit" {...(plan.delete.runs > 0 ? { color: 'red' } : {})} disabled={!agreed} loading={busy}>
              {doText(plan)}
            </Button>
          )}
        </Group>
      </form>
    </Modal>
  );
}

function sumText({ archive, delete: deleted }: RetentionPlan): string {
  const parts = [
    ...(archive.runs > 0 ? [`${runsText(archive.runs)} of ${sizeText(archive.bytes)} would be archived, which frees about ${sizeText(archive.frees)}.`] : []),
    ...(deleted.runs > 0 ? [`${runsText(deleted.runs)} of ${sizeText(deleted.bytes)} would be deleted for good.`] : []),
  ];
  return parts.length > 0 ? parts.join(' ') : 'Nothing would be archived or deleted.';
}

function doText({ archive, delete: deleted }: RetentionPlan): string {
  const parts = [...(archive.runs > 0 ? [`archive ${runsText(archive.runs)}`] : []), ...(deleted.runs > 0 ? [`delete ${runsText(deleted.runs)}`] : [])];
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Entries({ plan }: { plan: RetentionPlan }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls and has to be reachable
    <section className={classes.entries} aria-label="Runs to archive or delete" tabIndex={0}>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th>Run</Table.Th>
            <Table.Th>Started</Table.Th>
            <Table.Th>Size</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {plan.entries.map(({ runId, action, topicTitle, targetLabel, createdAt, status, fleet, bytes, why, archived }) => (
            <Table.Tr key={runId}>
              <Table.Td className={action === 'delete' ? classes.delete : undefined}>{action}</Table.Td>
              <Table.Td>
                {topicTitle}, {targetLabel}, {fleet ? listedFleetText(status, fleet) : runStatusWords(status).label}
                {archived && ' (archived)'}
                <div className={classes.quiet}>{runId}</div>
              </Table.Td>
              <Table.Td>{momentText(createdAt)}</Table.Td>
              <Table.Td>{sizeText(bytes)}</Table.Td>
              <Table.Td>{why}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Spared({ plan }: { plan: RetentionPlan }) {
  return (
    <details className={classes.spared}>
      <summary>{runsText(plan.spared.length)} left alone</summary>
      <ul>
        {plan.spared.map(({ runId, why }) => (
          <li key={runId}>
            {runId}: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
