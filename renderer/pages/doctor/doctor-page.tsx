import { Anchor, Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DoctorFinding } from '../../../shared/api/doctor.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import { Crumb } from '../../components/crumb.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TrialPanel } from '../../components/trial/trial-panel.tsx';
import { noteCheckUp, useCheckUps } from '../../stores/check-ups.ts';
import { reportError } from '../../stores/report-error.ts';
import { noteStart, useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { targetOfValue } from '../../words/where.ts';
import page from '../page.module.css';
import classes from './doctor.module.css';
import { FindingGroups } from './finding-groups.tsx';

/** Looks at one machine for everything there is a procedure for. `where`: a value of where.ts. */
export function DoctorPage({ where }: { where: string }) {
  const target = targetOfValue(where);
  const listed = useTargets((state) => (target.kind === 'book' ? state.targets?.find(({ id }) => id === target.id) : undefined));
  const name = target.kind === 'book' ? (listed?.name ?? 'a target') : 'this machine';
  const [deep, setDeep] = useState(false);
  const [category, setCategory] = useState('');
  const trialOf = useCheckUps((state) => state.trials[where]);
  const trial = useTargets((state) => (trialOf === undefined ? undefined : state.trials[trialOf]));
  const findings = useFindings(trial);
  const running = trial?.status === 'running';
  const look = async () => {
    try {
      const started = await api.doctor.start({ target, ...(deep && { deep }) });
      noteStart(started);
      noteCheckUp(where, started.targetId);
    } catch (thrown) {
      reportError(thrown);
    }
  };
  const categories = [...new Set(findings?.map((finding) => finding.category))].sort();
  const shown = findings?.filter((finding) => category === '' || finding.category === category);
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'targets' }}>Targets</Crumb>
      <PageHeading title={`Check-up of ${name}`} />
      <p className={page.lead}>Checks the machine for every problem that Wrenchbook has a procedure for. It only reads, over one connection.</p>
      <Group mt="md" gap="lg">
        <Button onClick={() => void look()} disabled={running}>
          {findings ? 'Check again' : 'Check'}
        </Button>
        <Checkbox
          label="Also what only root can read"
          checked={deep}
          disabled={running || listed?.root === 'none'}
          onChange={(event) => setDeep(event.currentTarget.checked)}
        />
        {listed?.root === 'none' && <span className={classes.quiet}>This target has no root access.</span>}
      </Group>
      {trial && trial.status !== 'ok' && (
        <div className={classes.trial}>
          <TrialPanel key={trial.trialId} trial={trial} />
        </div>
      )}
      {shown && (
        <>
          {categories.length > 1 && (
            <NativeSelect
              className={classes.category}
              label="Category"
              data={[{ value: '', label: 'All' }, ...categories]}
              value={category}
              onChange={(event) => setCategory(event.currentTarget.value)}
            />
          )}
          <FindingGroups findings={shown} where={where} />
        </>
      )}
      {!trial && !findings && (
        <p className={page.lead}>
          Procedures that need values first, such as a domain, are checked on their own page. <Anchor href="#/">Open the catalogue</Anchor>
        </p>
      )}
    </div>
  );
}

/** What the last look that ended found; null before. */
function useFindings(trial: TrialState | undefined): readonly DoctorFinding[] | null {
  const [found, setFound] = useState<readonly DoctorFinding[] | null>(null);
  const [trialId, ended] = [trial?.trialId, trial?.status === 'ok'];
  useEffect(() => {
    if (!trialId || !ended) return;
    let current = true;
    api.doctor.findings({ trialId }).then(({ findings }) => {
      if (current) setFound(findings);
    }, reportError);
    return () => {
      current = false;
    };
  }, [trialId, ended]);
  return found;
}
