/** Steps at the left, the action at the right, the terminal below it; on a narrow window one under the other. */
import { Splitter } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { factsText } from '../../../shared/api/facts-text.ts';
import type { RunState } from '../../../shared/api/run.ts';
import { FactsTable } from '../../components/run/facts-table.tsx';
import { StepList } from '../../components/run/step-list.tsx';
import { TerminalView } from '../../components/terminal/terminal-view.tsx';
import { go } from '../../stores/route.ts';
import { runTerminalSource } from '../../stores/run-terminal-source.ts';
import { ActionPane } from './action-pane.tsx';
import classes from './run.module.css';
import { useFocusTravel } from './use-focus-travel.ts';
import { verdictMarks } from './verdict-marks.ts';

export function RunWizard({ run, view }: { run: RunState; view: 'step' | 'plan' }) {
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  // A step that is looked at other than the current one; forgotten when the run moves on.
  const [looked, setLooked] = useState<{ stepId: string; at: string | null } | null>(null);
  const viewed = looked && looked.at === run.current ? looked.stepId : run.current;
  const heading = useRef<HTMLHeadingElement>(null);
  const terminal = useRef<HTMLDivElement>(null);
  const leaveTerminal = useFocusTravel(run, heading, terminal);
  const marks = useMemo(() => verdictMarks(run), [run]);

  const look = (stepId: string | null) => {
    setLooked(stepId === null ? null : { stepId, at: run.current });
    if (view === 'plan') go({ page: 'run', runId: run.runId, view: 'step' });
  };
  const steps = <StepList run={run} viewed={view === 'plan' ? null : viewed} onView={look} />;
  const action = <ActionPane run={run} view={view} viewed={viewed} headingRef={heading} onBackToCurrent={() => look(null)} />;
  const live = <TerminalView id={run.runId} connect={runTerminalSource} sessionOpen={run.sessionOpen} marks={marks} onLeave={leaveTerminal} />;
  const under = (
    <div className={classes.under}>
      <p className={classes.says}>{run.says}</p>
      {run.targetFacts && <p className={classes.target}>{factsText(run.targetFacts)}</p>}
      {run.current !== null && <FactsTable facts={run.facts} />}
    </div>
  );

  if (narrow)
    return (
      <div className={classes.narrow}>
        <details>
          <summary>Steps: {run.says}</summary>
          {steps}
        </details>
        <div className={classes.action}>{action}</div>
        <div className={classes.narrowTerminal} ref={terminal}>
          {live}
        </div>
      </div>
    );
  return (
    <Splitter className={classes.wizard ?? ''} lineSize={1} withHandle={false}>
      <Splitter.Pane defaultSize="264px" min="200px" max="420px">
        <div className={classes.left}>
          <div className={classes.steps}>{steps}</div>
          {under}
        </div>
      </Splitter.Pane>
      <Splitter.Pane defaultSize={100} min={30}>
        <Splitter orientation="vertical" h="100%" lineSize={1} withHandle={false}>
          <Splitter.Pane defaultSize={64} min={20}>
            <div className={classes.action}>{action}</div>
          </Splitter.Pane>
          <Splitter.Pane defaultSize={36} min={12}>
            <div style={{ height: '100%' }} ref={terminal}>
              {live}
            </div>
          </Splitter.Pane>
        </Splitter>
      </Splitter.Pane>
    </Splitter>
  );
}
