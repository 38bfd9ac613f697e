import { Stepper } from '@mantine/core';

const stages = ['Read', 'Plan', 'Run', 'Transcript'] as const;

/** Where the admin is on the way from reading a procedure to its transcript. A picture only: the pages have their own ways. */
export function Stages({ at }: { at: (typeof stages)[number] }) {
  return (
    <Stepper
      size="xs"
      iconSize={24}
      active={stages.indexOf(at)}
      allowNextStepsSelect={false}
      aria-label={`Stage ${stages.indexOf(at) + 1} of ${stages.length}: ${at}`}
      maw={560}
      mt={10}
    >
      {stages.map((stage) => (
        <Stepper.Step key={stage} label={stage} component="div" allowStepClick={false} tabIndex={-1} />
      ))}
    </Stepper>
  );
}
