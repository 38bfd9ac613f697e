/** Everything a run will do, in order, before it does it; printed, it is the run-sheet to tick off by hand. */
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { InputFile, PlannedStep } from '../../../shared/api/plan.ts';
import { minutesText, momentText, shortDigest, sizeText } from '../../words/amounts.ts';
import { PlanStep } from './plan-step.tsx';
import classes from './plan-view.module.css';

interface PlanViewProps {
  title: string;
  target: string;
  rehearsal: boolean;
  steps: readonly PlannedStep[];
  inputs: readonly InputFile[];
  /** Id of the step the page was opened for. */
  cameFor?: string | null;
}

export function PlanView({ title, target, rehearsal, steps, inputs, cameFor = null }: PlanViewProps) {
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
  const noWayBack = steps.filter((step) => step.irreversible !== null).length;
  return (
    <section aria-label="The plan">
      <div className={classes.head}>
        <div>
          <h2>The plan</h2>
          <div className={classes.sum}>
            {steps.length} steps, {minutesText(minutes)}
            {noWayBack > 0 && `, ${noWayBack} of them with no way back`}. What is shown is what is run, byte for byte.
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
      <ol className={classes.steps}>
        {steps.map((step) => (
          <PlanStep key={step.id} step={step} cameFor={step.id === cameFor} />
        ))}
      </ol>
    </section>
  );
}

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
