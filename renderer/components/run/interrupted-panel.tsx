/** A run that broke off: what is certain, what is not, what can be done. Nothing goes on by itself. */
import type { Offer, RunState } from '../../../shared/api/run.ts';
import { momentText } from '../../words/amounts.ts';
import classes from './interrupted-panel.module.css';
import { OfferForm } from './offer-form.tsx';

interface InterruptedPanelProps {
  run: RunState;
  /** Its button stands in the bar. */
  main: Offer | null;
  remedies: readonly Offer[];
}

export function InterruptedPanel({ run, main, remedies }: InterruptedPanelProps) {
  const titled = run.steps.flatMap((state) => {
    const step = run.plan.find((candidate) => candidate.id === state.id);
    return step ? [{ ...state, title: `${step.number} ${step.title}` }] : [];
  });
  const certain = titled.filter((state) => state.status === 'done' || state.status === 'skipped' || state.status === 'undone');
  const open = titled.filter((state) => state.status === 'interrupted');
  return (
    <section className={classes.panel} aria-labelledby="interrupted">
      <h2 id="interrupted">This run was interrupted</h2>
      {run.trouble && <p>What happened: {run.trouble.message}</p>}
      <div className={classes.columns}>
        <div>
          <h3>What is certain</h3>
          {certain.length === 0 ? (
            <p>No step had finished.</p>
          ) : (
            <p>Finished; their results are kept: {certain.map((state) => `${state.title} (${state.status})`).join(', ')}.</p>
          )}
        </div>
        <div>
          <h3>What is not certain</h3>
          <ul>
            {open.map((state) => (
              <li key={state.id}>
                <strong>{state.title}</strong> began{state.startedAt ? ` at ${momentText(state.startedAt)}` : ''}, and its end was never seen. It may have had
                its effect, in whole or in part, or none.
              </li>
            ))}
            {open.length === 0 && <li>Whether the last command finished.</li>}
          </ul>
        </div>
      </div>
      <h3>What you can do</h3>
      <div className={classes.ways}>
        {main ? (
          <p>
            <strong>{main.title}.</strong> {main.explanation}
          </p>
        ) : (
          <p>{run.says}</p>
        )}
        {remedies.map((offer) => (
          <OfferForm key={offer.id} runId={run.runId} offer={offer} look={{ size: 'xs', variant: 'default' }} />
        ))}
      </div>
    </section>
  );
}
