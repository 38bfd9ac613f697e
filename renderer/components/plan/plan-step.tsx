import { stepDanger } from '../../../shared/api/danger.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { minutesText } from '../../words/amounts.ts';
import { CommandBox } from '../command/command-box.tsx';
import { StepCards } from '../command/step-cards.tsx';
import { DangerMark } from '../danger/danger-mark.tsx';
import { useComeTo } from '../use-come-to.ts';
import { planPlace } from './plan-index.tsx';
import classes from './plan-view.module.css';

interface PlanStepProps {
  step: PlannedStep;
  rehearsal: boolean;
  /** Where it runs. */
  where: string;
  byHand: boolean;
  cameFor: boolean;
}

export function PlanStep({ step, rehearsal, where, byHand, cameFor }: PlanStepProps) {
  const wanted = useComeTo<HTMLLIElement>();
  return (
    <li
      ref={cameFor ? wanted : null}
      id={planPlace(step.id)}
      tabIndex={-1}
      className={cameFor ? `${classes.step} ${classes.cameFor}` : classes.step}
      aria-label={`Step ${step.number}: ${step.title}`}
    >
      <div className={classes.stepHead}>
        <h3>
          {step.number}. {step.title}
        </h3>
        <DangerMark level={stepDanger(step)} />
        <span className={classes.meta}>{minutesText(step.minutes)}</span>
      </div>
      <div className={classes.meta}>
        Runs on: {where}
        {step.asUser !== '–' && `, as: ${step.asUser}`}
      </div>
      <p className={classes.intro}>{step.intro}</p>
      {step.instructions.length > 0 && (
        <ol style={{ margin: 0, paddingLeft: 20 }}>
          {step.instructions.map((instruction) => (
            <li key={instruction}>{instruction}</li>
          ))}
        </ol>
      )}
      <StepCards cards={step.cards} />
      {step.edit && <Line name="Edits" text={editText(step.edit)} />}
      {step.edit?.find !== undefined && <CommandBox title="Finds them with" script={step.edit.find} />}
      {step.real !== undefined && rehearsal && <CommandBox title="On a real machine" script={step.real} short={isLong(step.real)} />}
      {step.beforeScript !== undefined && <CommandBox title="Reads first" script={step.beforeScript} short={isLong(step.beforeScript)} />}
      {step.script !== null && <CommandBox title={scriptTitle(step, rehearsal, byHand)} script={step.script} short={isLong(step.script)} />}
      {step.writer && <Line name="wbmedia" text={writerText} />}
      {step.afterwardsScript !== undefined && <CommandBox title="Then runs" script={step.afterwardsScript} short={isLong(step.afterwardsScript)} />}
      {(step.verifyScript !== null || step.undoScript !== null) && (
        <div className={classes.pair}>
          {step.verifyScript !== null && <CommandBox title="Then proves it with" script={step.verifyScript} short={isLong(step.verifyScript)} />}
          {step.undoScript !== null && <CommandBox title="Undo" script={step.undoScript} short={isLong(step.undoScript)} />}
        </div>
      )}
      {step.baseline && <Line name="Before the step" text="the check runs once, so that what was there before is not counted against the step." />}
      {step.undoneScript !== undefined &&
        (step.undoneScript === step.verifyScript ? (
          <Line name="The undo" text="is proved by the same command." />
        ) : (
          <CommandBox title="The undo is proved by" script={step.undoneScript} />
        ))}
      {step.kept && <Line name="Takes long" text={keptText(step)} />}
      {step.restarts && (
        <Line name="The target restarts" text={`Wrenchbook waits for it, ${step.restarts.within} minutes at most, and asks whether it has restarted.`} />
      )}
      {step.irreversible !== null && <Line name="Cannot be undone" text={step.irreversible} color="var(--wb-irreversible)" />}
      {step.confirm && <Line name="Needs typed confirmation" text={confirmText(step.confirm)} />}
      {step.hold !== null && <Line name="While this lasts" text={step.hold} color="var(--wb-warning)" />}
      {step.prompts.map((prompt) => (
        <Line key={prompt.id} name="Will ask" text={promptText(prompt)} />
      ))}
      {step.mayShow.map((message) => (
        <p key={message.text} className={classes.line}>
          <span className={classes.key} style={{ color: 'var(--wb-harmless)' }}>
            May show, harmless:
          </span>{' '}
          <span className={classes.seen}>{message.text}</span>: {message.means}
        </p>
      ))}
      <div className={classes.tick}>☐ done &nbsp; time ________ &nbsp; seen ________________________________</div>
    </li>
  );
}

/** Lines; a longer one scrolls in its box. */
const isLong = (script: string) => script.split('\n').length > 12;

function scriptTitle(step: PlannedStep, rehearsal: boolean, byHand: boolean): string {
  if (byHand) return 'To type there';
  return rehearsal && (step.real !== undefined || step.kind === 'manual') ? 'The lab plays it as' : 'Will run';
}

const writerText =
  'Wrenchbook’s own media writer. On a real machine its program is sent before the command; it is the same in every run and gets only these arguments.';

function Line({ name, text, color }: { name: string; text: string; color?: string }) {
  return (
    <p className={classes.line}>
      <span className={classes.key} style={{ color }}>
        {name}:
      </span>{' '}
      {text}
    </p>
  );
}

function editText({ file, find, follow, createMode, createFolder }: NonNullable<PlannedStep['edit']>): string {
  if (find !== undefined)
    return `${file}. Wrenchbook finds them when the step runs, and shows all changes together before it writes anything. Undo: from a backup of each file, made first.`;
  const made = createMode === null ? '' : `, or makes it with mode ${createMode}${createFolder ? ', and the folders it needs' : ''}`;
  const link = follow ? ' If it is a link, its target is edited.' : '';
  return `${file}${made}. Wrenchbook shows the change when the step runs, before it writes anything. Undo: from a backup, made first.${link}`;
}

const keptText = ({ minutes }: PlannedStep) =>
  `if the target has tmux or screen, it runs in one of them and continues when the connection is lost. Otherwise the connection must hold for ${minutesText(minutes)}; you are told before it runs.`;

function confirmText(confirm: NonNullable<PlannedStep['confirm']>): string {
  return [`${confirm.object}.`, confirm.ask, confirm.where].filter(Boolean).join(' ');
}

function promptText(prompt: PlannedStep['prompts'][number]): string {
  const best = prompt.answers.find((answer) => answer.value === prompt.recommended);
  return `${prompt.question} ${prompt.explanation}${best ? ` Recommended: ${best.label}.` : ''}`;
}
