import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CleanResult, RetentionPlan, RetentionRule, StorageLog, StorageUsage } from '../../../shared/api/storage.ts';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { useStorage } from '../../stores/storage.ts';
import { api } from '../../window-api.ts';
import { sizeText } from '../../words/amounts.ts';
import page from '../page.module.css';
import { CleanDialog } from './clean-dialog.tsx';
import { JobProgress } from './job-progress.tsx';
import { RuleForm } from './rule-form.tsx';
import classes from './storage.module.css';
import { Tombstones } from './tombstones.tsx';
import { UsagePanel } from './usage-panel.tsx';
import { useStorageJob } from './use-storage-job.ts';

interface Fetched {
  usage: StorageUsage;
  plan: RetentionPlan;
  rule: RetentionRule;
  ruleTrouble: string | null;
  log: StorageLog;
}

/** What the runs take up, the rule about old ones, and what was deleted. */
export function StoragePage() {
  const changes = useStorage((state) => state.changes);
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [shown, setShown] = useState<RetentionPlan | null>(null);
  const [said, setSaid] = useState('');
  const counting = useStorageJob();
  const cleaning = useStorageJob();
  const wanted = useRef(0);

  const count = () => {
    const mine = ++wanted.current;
    void counting.run('Counting', async (jobId) => {
      const usage = await api.storage.usage({ jobId });
      const [plan, { rule, trouble: ruleTrouble }, log] = await Promise.all([api.storage.plan({}), api.storage.rule({}), api.storage.log({})]);
      if (mine === wanted.current) setFetched({ usage, plan, rule, ruleTrouble, log });
    });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew when runs were archived, restored or deleted
  useEffect(count, [changes]);

  const save = (rule: RetentionRule) =>
    void counting.run('Saving', async () => {
      await api.storage.setRule(rule);
      announce('The rule is saved.');
      count();
    });
  const look = () => void cleaning.run('Looking', async (jobId) => setShown(await api.storage.plan({ jobId })));
  const clean = (plan: RetentionPlan, confirmation: string | null) =>
    void cleaning.run('Working', async (jobId) => {
      const result = await api.storage.clean({ planId: plan.planId, jobId, ...(confirmation === null ? {} : { confirmation }) });
      setShown(null);
      setSaid(resultText(result));
      announce(resultText(result));
    });

  return (
    <div className={page.page}>
      <Crumb to={{ page: 'runs' }}>Runs</Crumb>
      <PageHeading title="Storage" />
      <p className={page.lead}>
        Archived runs stay in the list, can be searched, read, exported and verified, and can be restored. Deleted runs are gone; a line about each stays.
      </p>
      {counting.trouble && <TroubleNote text={counting.trouble} />}
      {fetched?.ruleTrouble && <TroubleNote text={fetched.ruleTrouble} />}
      <JobProgress job={counting} />
      {fetched && (
        <div className={classes.panels}>
          <UsagePanel usage={fetched.usage} />
          <RuleForm key={JSON.stringify(fetched.rule)} rule={fetched.rule} plan={fetched.plan} busy={counting.progress !== null} onSave={save} />
          <Group gap="sm">
            <Button size="xs" loading={cleaning.progress !== null && !shown} onClick={look}>
              Preview what the rule would do …
            </Button>
          </Group>
          {cleaning.trouble && !shown && <TroubleNote text={cleaning.trouble} />}
          {said && <p className={classes.result}>{said}</p>}
          <Tombstones log={fetched.log} />
        </div>
      )}
      {shown && <CleanDialog plan={shown} job={cleaning} onClean={(confirmation) => clean(shown, confirmation)} onClose={() => setShown(null)} />}
    </div>
  );
}

function resultText({ done, skipped, freed, cancelled }: CleanResult): string {
  const number = (action: string) => done.filter((each) => each.action === action).length;
  return [
    `${number('archive')} archived, ${number('delete')} deleted, ${sizeText(freed)} freed.`,
    ...(cancelled ? ['Cancelled: the rest is unchanged.'] : []),
    ...(skipped.length > 0 ? [`Left alone: ${skipped.map(({ runId, why }) => `${runId}: ${why}`).join(' ')}`] : []),
  ].join(' ');
}
