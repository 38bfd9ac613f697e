/** The end of a run: what came out, proved by what, and what can be done with it. */
import { Button, Group } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { go } from '../../stores/route.ts';
import { runStatusWords, toneColor } from '../../words/status.ts';
import { ExportButton } from '../export/export-button.tsx';
import { runIcon } from '../status/status-icons.ts';
import { AgainButton } from './again-button.tsx';
import { AsideOffers } from './aside-offers.tsx';
import classes from './end-panel.module.css';
import { FactsTable } from './facts-table.tsx';
import { lastEnded } from './last-ended.ts';
import { arrangeOffers } from './offer-actions.ts';
import { VerdictList } from './verdict-list.tsx';

export function EndPanel({ run, headingRef }: { run: RunState; headingRef: RefObject<HTMLHeadingElement | null> }) {
  const { label, tone } = runStatusWords(run.status);
  const Icon = runIcon(run.status);
  const last = lastEnded(run);
  const { onwards, remedies, aside } = arrangeOffers(run.offers);
  return (
    <section className={classes.panel} aria-labelledby="run-end">
      <h2 id="run-end" ref={headingRef} tabIndex={-1} style={{ color: toneColor(tone) }}>
        <Icon size={20} aria-hidden style={{ verticalAlign: -3 }} /> {run.rehearsal ? `Rehearsal ${label}` : label}
      </h2>
      {run.says.toLowerCase() !== `${label}.` && <p className={classes.says}>{run.says}</p>}
      {last && (
        <div>
          <h3>Last step: {last.step.title}</h3>
          <VerdictList verdicts={last.state.verdicts} label="Result" />
        </div>
      )}
      {run.facts.length > 0 && (
        <div>
          <h3>Read and kept</h3>
          <FactsTable facts={run.facts} />
        </div>
      )}
      <Group gap="xs">
        <Button size="xs" leftSection={<IconFileText size={15} aria-hidden />} onClick={() => go({ page: 'transcript', runId: run.runId })}>
          Open the transcript
        </Button>
        <ExportButton runId={run.runId} />
        <AgainButton run={run} />
      </Group>
      {onwards.length + remedies.length + aside.length > 0 && <AsideOffers runId={run.runId} offers={[...onwards, ...remedies, ...aside]} />}
    </section>
  );
}
