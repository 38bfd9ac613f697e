import type { Transcript } from '../../../shared/api/transcript.ts';
import { EditDiff } from '../../components/diff/edit-diff.tsx';
import { StepStatusMark } from '../../components/status/status-mark.tsx';
import { useComeTo } from '../../components/use-come-to.ts';
import classes from './transcript.module.css';

/** What each step's terminal showed in the end. Comes to the step it was opened for. */
export function Screens({ transcript, stepId }: { transcript: Transcript; stepId: string | null }) {
  const wanted = useComeTo<HTMLElement>();
  const screenOf = (stepId: string) => (transcript.screens[stepId] ?? '').trimEnd();
  const stateOf = (stepId: string) => transcript.run.steps.find((state) => state.id === stepId);
  const shown = transcript.run.plan.filter((step) => screenOf(step.id) !== '' || stateOf(step.id)?.edit);
  if (shown.length === 0) return <p>No step wrote to the terminal.</p>;
  return (
    <div className={classes.screens}>
      {shown.map((step) => {
        const { status, edit } = stateOf(step.id) ?? {};
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
            {edit && step.edit && <EditDiff title={edit.stage === 'written' ? 'Written' : 'Shown, not written'} file={step.edit.file} diff={edit.diff} />}
            {screenOf(step.id) !== '' && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
              <pre className={classes.screen} tabIndex={0}>
                {transcript.screens[step.id]}
              </pre>
            )}
          </section>
        );
      })}
    </div>
  );
}
