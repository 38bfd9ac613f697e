import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconDots, IconPin } from '@tabler/icons-react';
import { useState } from 'react';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { RunSummary } from '../../../shared/api/run.ts';
import type { RetentionAction, RetentionPlan } from '../../../shared/api/storage.ts';
import { announce } from '../../stores/announce.ts';
import { reportError } from '../../stores/report-error.ts';
import { isOpen } from '../../stores/run-summaries.ts';
import { loadRunStorage, useStorage } from '../../stores/storage.ts';
import { api } from '../../window-api.ts';
import { sizeText } from '../../words/amounts.ts';
import { CleanDialog } from '../storage/clean-dialog.tsx';
import { useStorageJob } from '../storage/use-storage-job.ts';
import classes from './runs.module.css';

/** What the run takes up, and whether it is archived or kept. */
export function RunSize({ runId }: { runId: string }) {
  const storage = useStorage((state) => state.runs[runId]);
  if (!storage) return null;
  return (
    <>
      {sizeText(storage.bytes)}
      {storage.archived && (
        <div className={classes.mark}>
          <IconArchive size={13} aria-hidden /> archived
        </div>
      )}
      {storage.kept && (
        <div className={classes.mark}>
          <IconPin size={13} aria-hidden /> kept
        </div>
      )}
    </>
  );
}

/** Keeping, archiving, restoring and deleting one run. An unfinished one is only kept: nothing else can be done with it. */
export function RunStorageMenu({ run, name }: { run: RunSummary; name: string }) {
  const storage = useStorage((state) => state.runs[run.runId]);
  const [plan, setPlan] = useState<RetentionPlan | null>(null);
  const job = useStorageJob();
  const { runId } = run;
  if (!storage) return null;
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (thrown) {
      reportError(thrown);
    }
  };
  const keep = () =>
    attempt(async () => {
      await api.storage.keep({ runId, kept: !storage.kept });
      await loadRunStorage([runId]);
      announce(storage.kept ? 'The rules apply to this run again.' : 'The rules ignore this run.');
    });
  const look = (action: RetentionAction) => attempt(async () => setPlan(await api.storage.plan({ choice: { action, runIds: [runId] } })));
  const clean = (confirmation: string | null) =>
    job.run('Working', async (jobId) => {
      if (!plan) return;
      const { skipped } = await api.storage.clean({ planId: plan.planId, jobId, ...(confirmation === null ? {} : { confirmation }) });
      if (skipped[0]) throw new WrenchbookError('wrong-state', skipped[0].why, '');
      setPlan(null);
      announce('Done.');
    });
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="sm" aria-label={`Storage of ${name}`} loading={job.progress !== null && !plan}>
            <IconDots size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item data-autofocus onClick={() => void keep()}>
            {storage.kept ? 'Apply the rules to it again' : 'Keep: protect it from the rules'}
          </Menu.Item>
          {storage.archived ? (
            <Menu.Item onClick={() => void job.run('Unpacking', (jobId) => attempt(() => api.storage.restore({ runId, jobId })).then(() => undefined))}>
              Restore from the archive
            </Menu.Item>
          ) : (
            <Menu.Item disabled={isOpen(run)} onClick={() => void look('archive')}>
              Archive …
            </Menu.Item>
          )}
          <Menu.Item disabled={isOpen(run)} onClick={() => void look('delete')}>
            Delete …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {plan && <CleanDialog plan={plan} job={job} onClean={(confirmation) => void clean(confirmation)} onClose={() => setPlan(null)} />}
    </>
  );
}
