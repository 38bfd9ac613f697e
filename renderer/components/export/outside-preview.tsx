/** What an export for outside replaces in this run, to be looked through before it is handed on. */
import { Table } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OutsideReplacement } from '../../../shared/api/transcript.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { TroubleNote } from '../trouble-note.tsx';
import classes from './export-dialog.module.css';

const kindWords: Record<OutsideReplacement['kind'], string> = { host: 'machine', user: 'person', ipv4: 'IPv4', ipv6: 'IPv6', mac: 'MAC' };
/** A log may name thousands. */
const shownAtMost = 200;

export function OutsidePreview({ runId }: { runId: string }) {
  const [replacements, setReplacements] = useState<readonly OutsideReplacement[] | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    api.transcripts.outsidePreview({ runId }).then(
      (preview) => current && setReplacements(preview.replacements),
      (thrown: unknown) => current && setTrouble(errorText(thrown)),
    );
    return () => {
      current = false;
    };
  }, [runId]);
  if (trouble) return <TroubleNote text={trouble} />;
  if (!replacements) return <p className={classes.quiet}>Looking through the run…</p>;
  if (replacements.length === 0) return <p className={classes.quiet}>Nothing to replace was found.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard has to reach that. */}
      <section className={classes.preview} aria-label="What is replaced" tabIndex={0}>
        <Table fz="xs" verticalSpacing={2}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>In this run</Table.Th>
              <Table.Th>Outside</Table.Th>
              <Table.Th>Times</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {replacements.slice(0, shownAtMost).map(({ kind, from, to, count }) => (
              <Table.Tr key={from}>
                <Table.Td>{kindWords[kind]}</Table.Td>
                <Table.Td>{from}</Table.Td>
                <Table.Td>{to}</Table.Td>
                <Table.Td>{count}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {replacements.length > shownAtMost && <p className={classes.quiet}>and {replacements.length - shownAtMost} more</p>}
      </section>
      <p className={classes.hint}>Names that nothing marks as names are not found: look through the file before you hand it on.</p>
    </>
  );
}
