import { Checkbox, TextInput } from '@mantine/core';
import type { FleetQuestion } from '../../../shared/api/fleet-form.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import page from '../page.module.css';
import classes from './new-fleet.module.css';

export interface FleetAnswers {
  done: readonly string[];
  confirmations: Readonly<Record<string, string>>;
}
interface FleetQuestionsProps {
  questions: readonly FleetQuestion[];
  steps: readonly PlannedStep[];
  answers: FleetAnswers;
  /** Steps whose answer is still missing, once it was to be started. */
  missing: readonly string[];
  onAnswers(answers: FleetAnswers): void;
}

export const questionField = (stepId: string) => `question-${stepId}`;

/** What a run would ask on the way. Here it is asked once, for all hosts: a playbook does not pause. */
export function FleetQuestions({ questions, steps, answers, missing, onAnswers }: FleetQuestionsProps) {
  if (questions.length === 0) return null;
  const { done, confirmations } = answers;
  return (
    <section className={`${page.panel} ${classes.questions}`} aria-labelledby="questions">
      <h2 id="questions">For all hosts, before it starts</h2>
      {questions.map(({ stepId, number, title, kind, ask }) => {
        const confirm = steps.find(({ id }) => id === stepId)?.confirm;
        const wrong = missing.includes(stepId);
        return kind === 'done' ? (
          <Checkbox
            key={stepId}
            id={questionField(stepId)}
            label={`Step ${number}, “${title}”, is done by hand on every host`}
            checked={done.includes(stepId)}
            error={wrong ? 'Do it first; the plan says how.' : undefined}
            onChange={(event) => onAnswers({ ...answers, done: event.currentTarget.checked ? [...done, stepId] : done.filter((each) => each !== stepId) })}
          />
        ) : (
          <TextInput
            key={stepId}
            id={questionField(stepId)}
            label={`Step ${number}, “${title}”: ${ask}`}
            description={confirm ? `This affects: ${confirm.object}.${confirm.where ? ` ${confirm.where}` : ''}` : undefined}
            value={confirmations[stepId] ?? ''}
            error={wrong ? (confirmations[stepId] ? 'That does not match. Compare it letter by letter.' : 'It has to be typed before it starts.') : undefined}
            onChange={(event) => onAnswers({ ...answers, confirmations: { ...confirmations, [stepId]: event.currentTarget.value } })}
            autoComplete="off"
            spellCheck={false}
          />
        );
      })}
    </section>
  );
}
