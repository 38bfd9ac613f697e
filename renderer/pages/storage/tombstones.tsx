import { Table } from '@mantine/core';
import type { StorageLog } from '../../../shared/api/storage.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { momentText, sizeText } from '../../words/amounts.ts';
import { runStatusWords } from '../../words/status.ts';
import page from '../page.module.css';
import classes from './storage.module.css';

/** What is left of runs that were deleted. */
export function Tombstones({ log }: { log: StorageLog }) {
  const { tombstones, ledger } = log;
  return (
    <section className={page.panel} aria-labelledby="log">
      <h2 id="log">Deleted runs</h2>
      {ledger.findings.length > 0 && (
        <TroubleNote text={`The ledger was changed or is damaged: ${ledger.findings.slice(0, 3).join('; ')}. It may be incomplete.`} />
      )}
      {tombstones.length === 0 ? (
        <p className={classes.note}>No run was deleted.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls and has to be reachable
        <section className={classes.entries} aria-label="Log of deleted runs" tabIndex={0}>
          <Table verticalSpacing={4} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Deleted</Table.Th>
                <Table.Th>Run</Table.Th>
                <Table.Th>Size</Table.Th>
                <Table.Th>By whom, and why</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tombstones.map(({ at, runId, topicTitle, target, outcome, bytes, by, why, stillHere }) => (
                <Table.Tr key={`${at} ${runId}`}>
                  <Table.Td>{momentText(at)}</Table.Td>
                  <Table.Td>
                    {topicTitle}, {target}, {runStatusWords(outcome).label}
                    {stillHere && <b> – it is here: deleting was interrupted, or it was imported again</b>}
                    <div className={classes.quiet}>{runId}</div>
                  </Table.Td>
                  <Table.Td>{sizeText(bytes)}</Table.Td>
                  <Table.Td>
                    {by}, {why}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </section>
  );
}
