/** What an export for outside replaces in this run, to be looked through before it is handed on. */
import { Button, Group, Progress, Table } from '@mantine/core';
import type { OutsideReplacement } from '../../../shared/api/transcript.ts';
import { sizeText } from '../../words/amounts.ts';
import { TroubleNote } from '../trouble-note.tsx';
import classes from './export-dialog.module.css';
import { useOutsidePreview } from './use-outside-preview.ts';

const kindWords: Record<OutsideReplacement['kind'], string> = { host: 'machine', user: 'person', ipv4: 'IPv4', ipv6: 'IPv6', mac: 'MAC' };
/** A log may name thousands. */
const shownAtMost = 200;

export function OutsidePreview({ runId }: { runId: string }) {
  const { look, cancel, again } = useOutsidePreview(runId);
  if (look.phase === 'failed') return <TroubleNote text={look.trouble} />;
  if (look.phase === 'looking') return <Looking progress={look.progress} onCancel={cancel} />;
  if (look.phase === 'cancelled')
    return (
      <Group gap="xs" mt="xs">
        <span className={classes.quiet}>Not searched. The export still replaces what it finds.</span>
        <Button size="compact-xs" variant="default" onClick={again}>
          Search it
        </Button>
      </Group>
    );
  const { replacements } = look;
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
      <p className={classes.hint}>Names that do not look like names are not found: read the file before you pass it on.</p>
    </>
  );
}

/** Of a short run nobody sees it. */
function Looking({ progress, onCancel }: { progress: { done: number; total: number } | null; onCancel: () => void }) {
  const percent = progress && progress.total > 0 ? Math.floor((progress.done / progress.total) * 100) : 0;
  return (
    <div className={classes.note}>
      <Progress value={percent} aria-label="Searching the run" />
      <Group justify="space-between" gap="xs" mt="xs">
        <span className={classes.quiet}>
          Searching the run for names{progress ? `: ${percent} %, ${sizeText(progress.done)} of ${sizeText(progress.total)} read` : ''}
        </span>
        <Button size="compact-xs" variant="default" aria-label="Cancel the search" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </div>
  );
}
