/** Everything a run will do, in order, before it does it; printed, it is the run-sheet to tick off by hand. */
import { Button, Switch } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { hasNoWayBack } from '../../../shared/api/danger.ts';
import { type RunMachine, whereText } from '../../../shared/api/machine.ts';
import { type InputFile, type PlannedStep, planMinutes } from '../../../shared/api/plan.ts';
import { minutesText, momentText, shortDigest, sizeText } from '../../words/amounts.ts';
import { PlanIndex } from './plan-index.tsx';
import { PlanStep } from './plan-step.tsx';
import classes from './plan-view.module.css';

interface PlanViewProps {
  title: string;
  target: string;
  rehearsal: boolean;
  /** Of a procedure with several: those that take part. */
  machines?: readonly Pick<RunMachine, 'id' | 'label'>[] | undefined;
  /** Somebody types it, on a machine that is not reached. */
  isByHand?(step: PlannedStep): boolean;
  steps: readonly PlannedStep[];
  inputs: readonly InputFile[];
  /** Id of the step the page was opened for. */
  cameFor?: string | null;
}

export function PlanView({ title, target, rehearsal, machines, isByHand = () => false, steps, inputs, cameFor = null }: PlanViewProps) {
  const final = steps.filter(hasNoWayBack);
  const [onlyFinal, setOnlyFinal] = useState(false);
  const shown = onlyFinal && final.length > 0 ? final : steps;
  return (
    <section aria-label="The plan">
      <div className={classes.head}>
        <div>
          <h2>The plan</h2>
          <div className={classes.sum}>
            {steps.length === 1 ? '1 step' : `${steps.length} steps`}, {minutesText(planMinutes(steps))}.{' '}
            {final.length > 0 && (
              <strong className={classes.final}>{final.length === 1 ? '1 step cannot be undone.' : `${final.length} steps cannot be undone.`}</strong>
            )}{' '}
            {shownIs(steps, isByHand)}
          </div>
        </div>
        <Button variant="default" size="xs" flex="none" leftSection={<IconPrinter size={15} aria-hidden />} onClick={() => window.print()}>
          Print run-sheet
        </Button>
      </div>
      <p className={classes.sheet}>
        Wrenchbook run-sheet: {title}. Target: {target}
        {rehearsal && ' (rehearsal)'}. Printed {momentText(new Date().toISOString())}. Carried out by: ______________________ Host: ______________________
      </p>
      {inputs.length > 0 && <InputTable inputs={inputs} />}
      {steps.length > fewSteps && <PlanIndex steps={steps} />}
      {final.length > 0 && (
        <Switch
          className={classes.filter ?? ''}
          size="xs"
          label="Show only the steps that cannot be undone"
          checked={onlyFinal}
          onChange={(event) => setOnlyFinal(event.currentTarget.checked)}
        />
      )}
      <ol className={classes.steps}>
        {shown.map((step) => (
          <PlanStep key={step.id} step={step} rehearsal={rehearsal} where={whereText(step, machines)} byHand={isByHand(step)} cameFor={step.id === cameFor} />
        ))}
      </ol>
    </section>
  );
}

function shownIs(steps: readonly PlannedStep[], isByHand: (step: PlannedStep) => boolean): string {
  if (steps.every(isByHand)) return 'What is shown is what you type there.';
  return `What is shown is what is run${steps.some(isByHand) ? ' or what you type' : ''}, byte for byte.`;
}

/** Up to here a list of them is longer than what it leads to. */
const fewSteps = 3;

function InputTable({ inputs }: { inputs: readonly InputFile[] }) {
  return (
    <table className={classes.files}>
      <caption style={{ captionSide: 'top', textAlign: 'left', fontWeight: 600, paddingBottom: 2 }}>Files it works with</caption>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Size</th>
          <th scope="col">SHA-256</th>
          <th scope="col">What it is</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr key={input.field}>
            <td>
              <code>{input.path}</code>
            </td>
            <td style={{ whiteSpace: 'nowrap' }}>{sizeText(input.size)}</td>
            <td>
              <code title={input.sha256} style={{ whiteSpace: 'nowrap' }}>
                {shortDigest(input.sha256)}
              </code>
            </td>
            <td>{input.summary}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
