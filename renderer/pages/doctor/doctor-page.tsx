import { Anchor, Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CheckUp, MachinePage } from '../../../shared/api/doctor.ts';
import type { TrialState } from '../../../shared/api/target.ts';
import { Crumb } from '../../components/crumb.tsx';
import { CheckUpExport } from '../../components/export/check-up-export.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TrialPanel } from '../../components/trial/trial-panel.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { noteCheckUp, useCheckUps } from '../../stores/check-ups.ts';
import { useMachine } from '../../stores/machines.ts';
import { reportError } from '../../stores/report-error.ts';
import { routeHash } from '../../stores/route.ts';
import { noteStart, useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import { targetOfValue } from '../../words/where.ts';
import page from '../page.module.css';
import classes from './doctor.module.css';
import { FindingGroups } from './finding-groups.tsx';
import { SinceLast } from './since-last.tsx';

/** Looks at one machine for everything there is a procedure for; before that, what the last check-up found. `where`: a value of where.ts. */
export function DoctorPage({ where }: { where: string }) {
  const target = targetOfValue(where);
  const listed = useTargets((state) => (target.kind === 'book' ? state.targets?.find(({ id }) => id === target.id) : undefined));
  const name = target.kind === 'book' ? (listed?.name ?? 'a target') : 'this machine';
  const [deep, setDeep] = useState(false);
  const [category, setCategory] = useState('');
  const trialOf = useCheckUps((state) => state.trials[where]);
  const trial = useTargets((state) => (trialOf === undefined ? undefined : state.trials[trialOf]));
  const { machine, trouble } = useMachine(where);
  const answer = useAnswer(trial);
  const checkUp = shownCheckUp(machine, answer?.checkUp ?? null);
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
  const categories = [...new Set(checkUp?.findings.map((finding) => finding.category))].sort();
  return (
    <div className={page.page}>
      <Crumb to={{ page: 'targets' }}>Targets</Crumb>
      <PageHeading title={`Check-up of ${name}`} />
      <p className={page.lead}>Checks the machine for every problem that Wrenchbook has a procedure for. It only reads, over one connection.</p>
      <Group mt="md" gap="lg">
        <Button onClick={() => void look()} disabled={running}>
          {checkUp ? 'Check again' : 'Check'}
        </Button>
        <Checkbox
          label="Also what only root can read"
          checked={deep}
          disabled={running || listed?.root === 'none'}
          onChange={(event) => setDeep(event.currentTarget.checked)}
        />
        {listed?.root === 'none' && <span className={classes.quiet}>This target has no root access.</span>}
        <Anchor href={routeHash({ page: 'machine', where })}>All about {name}</Anchor>
      </Group>
      {trial && trial.status !== 'ok' && (
        <div className={classes.trial}>
          <TrialPanel key={trial.trialId} trial={trial} />
        </div>
      )}
      {[trouble, answer?.trouble ?? '', ...(machine?.troubles ?? [])].map((text) => text && <TroubleNote key={text} text={text} />)}
      {checkUp && (
        <>
          <Group mt="md" gap="lg" align="end">
            {categories.length > 1 && (
              <NativeSelect
                className={classes.category}
                label="Category"
                data={[{ value: '', label: 'All' }, ...categories]}
                value={category}
                onChange={(event) => setCategory(event.currentTarget.value)}
              />
            )}
            {machine?.checkUps.some(({ id }) => id === checkUp.id) && <CheckUpExport checkUpId={checkUp.id} />}
            <span className={classes.quiet}>
              Checked {momentText(checkUp.at)}
              {checkUp.deep && ', also what only root can read'}
            </span>
          </Group>
          <SinceLast checkUp={checkUp} />
          <FindingGroups checkUp={checkUp} category={category} where={where} />
        </>
      )}
      {!trial && !checkUp && (
        <p className={page.lead}>
          Procedures that need values first, such as a domain, are checked on their own page. <Anchor href="#/">Open the catalogue</Anchor>
        </p>
      )}
    </div>
  );
}

/** The newer one; one that could not be kept is only here, and what is ignored now counts for it too. */
function shownCheckUp(machine: MachinePage | null, found: CheckUp | null): CheckUp | null {
  const kept = machine?.checkUp ?? null;
  if (!found || (kept && kept.at >= found.at)) return kept;
  return { ...found, ignored: machine?.ignored.filter(({ id }) => found.findings.some((finding) => finding.id === id)) ?? found.ignored };
}

/** What the look of this page that ended last found; null before. */
function useAnswer(trial: TrialState | undefined): { checkUp: CheckUp; trouble: string } | null {
  const [found, setFound] = useState<{ checkUp: CheckUp; trouble: string } | null>(null);
  const [trialId, ended] = [trial?.trialId, trial?.status === 'ok'];
  useEffect(() => {
    if (!trialId || !ended) return;
    let current = true;
    api.doctor.findings({ trialId }).then((answer) => {
      if (current) setFound(answer);
    }, reportError);
    return () => {
      current = false;
    };
  }, [trialId, ended]);
  return found;
}
