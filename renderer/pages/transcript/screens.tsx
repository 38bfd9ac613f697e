import type { Transcript } from '../../../shared/api/transcript.ts';
import { StepStatusMark } from '../../components/status/status-mark.tsx';
import { useComeTo } from '../../components/use-come-to.ts';
import classes from './transcript.module.css';

/** What each step's terminal showed in the end. Comes to the step it was opened for. */
export function Screens({ transcript, stepId }: { transcript: Transcript; stepId: string | null }) {
  const wanted = useComeTo<HTMLElement>();
  const shown = transcript.run.plan.filter((step) => (transcript.screens[step.id] ?? '').trim() !== '');
  if (shown.length === 0) return <p>No step wrote to the terminal.</p>;
  return (
    <div className={classes.screens}>
      {shown.map((step) => {
        const status = transcript.run.steps.find((state) => state.id === step.id)?.status;
        return (
          <section
            key={step.id}
            ref={step.id === stepId ? wanted : null}
            tabIndex={step.id === stepId ? -1 : undefined}
            className={step.id === stepId ? classes.cameFor : undefined}
            aria-label={`Screen of step ${step.number}`}
          >
            <h2>
              {step.number} {step.title} {status && <StepStatusMark status={status} />}
            </h2>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard */}
            <pre className={classes.screen} tabIndex={0}>
              {transcript.screens[step.id]}
            </pre>
          </section>
        );
      })}
    </div>
  );
}
