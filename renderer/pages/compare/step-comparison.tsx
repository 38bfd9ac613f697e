import { IconArrowsDiff, IconEqual } from '@tabler/icons-react';
import type { ComparedStep, ComparisonRow } from '../../../shared/api/history.ts';
import type { Verdict } from '../../../shared/api/run.ts';
import { diffHunks } from '../../components/diff/diff-hunks.ts';
import { DiffView } from '../../components/diff/diff-view.tsx';
import { StepStatusMark, VerdictMark } from '../../components/status/status-mark.tsx';
import { durationText } from '../../words/amounts.ts';
import classes from './compare.module.css';

const spoken = { left: 'first run', right: 'second run' };

export function StepComparison({ row }: { row: ComparisonRow }) {
  const same = row.differs.length === 0;
  const Icon = same ? IconEqual : IconArrowsDiff;
  const verdicts = row.verdicts.filter(({ left, right }) => left?.kind !== right?.kind || left?.line !== right?.line || left?.means !== right?.means);
  return (
    <section className={`${classes.step} ${same ? '' : classes.differs}`} aria-label={row.title}>
      <h2>
        {row.title}
        <span className={same ? classes.sameMark : classes.differsMark}>
          <Icon size={15} aria-hidden />
          {same ? 'same' : `differs: ${row.differs.join(', ')}`}
        </span>
      </h2>
      <div className={classes.sides}>
        <StepSide step={row.left} sign="−" />
        <StepSide step={row.right} sign="+" />
      </div>
      {verdicts.map(({ rule, left, right }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule may speak more than once, in a fixed order
        <div key={`${rule} ${index}`} className={classes.sides}>
          <VerdictSide verdict={left} rule={rule} sign="−" />
          <VerdictSide verdict={right} rule={rule} sign="+" />
        </div>
      ))}
      {row.script && <DiffView title="Script" of={row.title} lines={diffHunks(row.script)} spoken={spoken} />}
      {row.screen && <DiffView title="Screen" of={row.title} lines={diffHunks(row.screen)} spoken={spoken} />}
    </section>
  );
}

function StepSide({ step, sign }: { step: ComparedStep | null; sign: string }) {
  if (!step)
    return (
      <div className={classes.figures}>
        <span aria-hidden>{sign}</span> not in this run
      </div>
    );
  return (
    <div className={classes.figures}>
      <span aria-hidden>{sign}</span>
      <StepStatusMark status={step.status} />
      <span>
        {step.attempts} {step.attempts === 1 ? 'attempt' : 'attempts'}
      </span>
      {step.ms !== null && <span>{durationText(step.ms)}</span>}
      {step.exitStatus !== null && <span>exit status {step.exitStatus}</span>}
      {step.skipReason !== null && <span>because: {step.skipReason}</span>}
    </div>
  );
}

function VerdictSide({ verdict, rule, sign }: { verdict: Verdict | null; rule: string; sign: string }) {
  return (
    <div className={classes.figures}>
      <span aria-hidden>{sign}</span>
      {verdict ? (
        <>
          <VerdictMark kind={verdict.kind} />
          <span>{verdict.means}</span>
          {verdict.line && <code className={classes.value}>{verdict.line}</code>}
        </>
      ) : (
        <span>nothing from “{rule}”</span>
      )}
    </div>
  );
}
