/** Steps at the left, the action at the right, the terminal below it; beside it in a wide window, and all in one column in a narrow one. */
import { Splitter } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { factsText } from '../../../shared/api/facts-text.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { FactsTable } from '../../components/run/facts-table.tsx';
import { StepList } from '../../components/run/step-list.tsx';
import { TerminalView } from '../../components/terminal/terminal-view.tsx';
import { go } from '../../stores/route.ts';
import { runTerminalSource } from '../../stores/run-terminal-source.ts';
import { stepOfKey, useVerdictJumps } from '../../stores/verdict-jumps.ts';
import classes from './run.module.css';
import { RunAction } from './run-action.tsx';
import { isTerminalFolded } from './terminal-fold.ts';
import { useFocusTravel } from './use-focus-travel.ts';
import { verdictMarks } from './verdict-marks.ts';

const splitter = (name: string) => ({ handle: { 'aria-label': name } });

export function RunWizard({ run, view }: { run: RunState; view: 'step' | 'plan' }) {
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  const wide = useMediaQuery('(min-width: 1500px)', false, { getInitialValueInEffect: false });
  // A step that is looked at other than the current one; forgotten when the run moves on.
  const [looked, setLooked] = useState<{ stepId: string; at: string | null } | null>(null);
  const viewed = looked && looked.at === run.current ? looked.stepId : run.current;
  // Somebody has folded or opened it; forgotten when the run moves on.
  const [turned, setTurned] = useState<{ folded: boolean; at: string } | null>(null);
  const at = `${run.current} ${run.status} ${view}`;
  const folded = turned?.at === at ? turned.folded : isTerminalFolded(run, { beside: wide && !narrow, plan: view === 'plan' });
  const heading = useRef<HTMLHeadingElement>(null);
  const terminal = useRef<HTMLDivElement>(null);
  const leaveTerminal = useFocusTravel(run, heading, terminal);
  const marks = useMemo(() => verdictMarks(run), [run]);

  const look = (stepId: string | null) => {
    setLooked(stepId === null ? null : { stepId, at: run.current });
    if (view === 'plan') go({ page: 'run', runId: run.runId, view: 'step' });
  };
  const wanted = useVerdictJumps((state) => state.verdict);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish to go there
  useEffect(() => {
    const stepId = wanted && stepOfKey(wanted.key);
    if (stepId !== null && stepId !== viewed && run.plan.some(({ id }) => id === stepId)) look(stepId);
  }, [wanted]);
  const steps = <StepList run={run} viewed={view === 'plan' ? null : viewed} onView={look} />;
  const live = (
    <TerminalView
      id={run.runId}
      connect={runTerminalSource}
      sessionOpen={run.sessionOpen}
      takesKeys={run.status === 'running' || run.status === 'asks'}
      marks={marks}
      folded={folded}
      onFold={(now) => setTurned({ folded: now, at })}
      onLeave={leaveTerminal}
    />
  );
  const action = { run, view, viewed, headingRef: heading, onBackToCurrent: () => look(null) };
  const current = run.plan.find(({ id }) => id === run.current);
  const facts = run.machines ? run.machines.find(({ id }) => id === current?.on)?.facts : run.targetFacts;
  const asked = run.offers.find(({ confirm }) => confirm)?.confirm?.type ?? null;

  if (narrow)
    return (
      <RunAction
        {...action}
        before={
          <details className={classes.narrowSteps}>
            <summary>{current ? `Steps: ${current.number} of ${run.plan.length}, ${current.title}` : 'Steps'}</summary>
            {steps}
          </details>
        }
        after={
          <div className={folded ? undefined : classes.narrowTerminal} ref={terminal}>
            {live}
          </div>
        }
      />
    );
  return (
    <Splitter
      className={classes.wizard ?? ''}
      classNames={{ handle: classes.handle ?? '' }}
      lineSize={1}
      withHandle={false}
      attributes={splitter('Width of the list of steps')}
    >
      <Splitter.Pane defaultSize="264px" min="200px" max="420px">
        <div className={classes.left}>
          <div className={classes.steps}>{steps}</div>
          {run.current !== null && (
            <div className={classes.under}>
              {run.status !== 'failed' && run.status !== 'dead-end' && <p className={classes.says}>{run.says}</p>}
              {facts && <p className={classes.target}>{factsText(facts)}</p>}
              <FactsTable facts={run.facts} asked={asked} />
            </div>
          )}
        </div>
      </Splitter.Pane>
      <Splitter.Pane defaultSize={100} min={30}>
        <Splitter
          key={wide ? 'beside' : 'below'}
          className={folded ? (classes.folded ?? '') : ''}
          classNames={{ handle: classes.handle ?? '' }}
          orientation={wide ? 'horizontal' : 'vertical'}
          h="100%"
          lineSize={1}
          withHandle={false}
          attributes={splitter(wide ? 'Width of the terminal' : 'Height of the terminal')}
        >
          <Splitter.Pane defaultSize={wide ? 55 : 64} min={20}>
            <RunAction {...action} />
          </Splitter.Pane>
          <Splitter.Pane defaultSize={wide ? 45 : 36} min={12}>
            <div style={{ height: '100%' }} ref={terminal}>
              {live}
            </div>
          </Splitter.Pane>
        </Splitter>
      </Splitter.Pane>
    </Splitter>
  );
}
