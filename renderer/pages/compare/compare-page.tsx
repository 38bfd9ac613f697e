import { Loader, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Comparison } from '../../../shared/api/history.ts';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import { ComparedRuns } from './compared-runs.tsx';
import { DifferingValues } from './differing-values.tsx';
import { StepComparison } from './step-comparison.tsx';

/** Two runs of one procedure, step by step. */
export function ComparePage({ left, right }: { left: string; right: string }) {
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let wanted = true;
    api.runs
      .compare({ left, right })
      .then((found) => wanted && setComparison(found))
      .catch((thrown: unknown) => wanted && setTrouble(errorText(thrown)));
    return () => {
      wanted = false;
    };
  }, [left, right]);
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'runs' }}>Runs</Crumb>
      <PageHeading title={comparison ? `Compare: ${comparison.left.topicTitle}` : 'Compare two runs'} />
      {trouble && <TroubleNote text={trouble} />}
      {comparison ? <ComparisonView comparison={comparison} /> : !trouble && <Loader size="sm" role="status" aria-label="Comparing the runs" />}
    </div>
  );
}

function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { rows, facts, parameters } = comparison;
  const differing = rows.filter((row) => row.differs.length > 0);
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const shown = onlyDifferences ? differing : rows;
  return (
    <>
      <ComparedRuns {...comparison} />
      <p className={page.lead}>
        {differing.length === 0 ? 'All steps went the same way' : `${differing.length} of ${rows.length} steps differ`}. Nothing is normalised: an address or a
        time that differs counts; only how long a step took does not.
      </p>
      <DifferingValues title="Parameters that differ" values={parameters} />
      <DifferingValues title="Facts that differ" values={facts} />
      {differing.length > 0 && differing.length < rows.length && (
        <Switch mt="md" label="Only steps that differ" checked={onlyDifferences} onChange={(event) => setOnlyDifferences(event.currentTarget.checked)} />
      )}
      {shown.map((row) => (
        <StepComparison key={row.stepId} row={row} />
      ))}
    </>
  );
}
