/** A few choices side by side, one of them pressed. Plain buttons: reachable one by one, named as they read. */
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './choice-buttons.module.css';

interface ChoiceButtonsProps<V extends string> {
  label: string;
  value: V;
  choices: readonly { value: V; name: string; look?: ReactNode }[];
  onChange(value: V): void;
}

export function ChoiceButtons<V extends string>({ label, value, choices, onChange }: ChoiceButtonsProps<V>) {
  return (
    <fieldset className={classes.group} aria-label={label}>
      {choices.map((choice) => (
        <UnstyledButton
          key={choice.value}
          className={classes.choice ?? ''}
          aria-pressed={choice.value === value}
          {...(choice.look ? { 'aria-label': choice.name, title: choice.name } : {})}
          onClick={() => onChange(choice.value)}
        >
          {choice.look ?? choice.name}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}
