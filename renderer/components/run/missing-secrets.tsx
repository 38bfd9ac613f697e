/** Asks again for secrets that ended with the process that had them: they are kept in memory only. */
import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RunState } from '../../../shared/api/run.ts';
import { changeRun, useRunStates } from '../../stores/run-states.ts';
import { api } from '../../window-api.ts';
import classes from './prompt-panel.module.css';

export function MissingSecrets({ run: { runId, missingSecrets } }: { run: RunState }) {
  const busy = useRunStates((state) => state.busy[runId] ?? false);
  const [values, setValues] = useState<Record<string, string>>({});
  const give = (event: FormEvent) => {
    event.preventDefault();
    const secrets = Object.fromEntries(missingSecrets.map(({ name }) => [name, values[name] ?? '']));
    void changeRun(runId, () => api.runs.giveSecrets({ runId, secrets }));
  };
  return (
    <form className={classes.panel} aria-label="Secrets are needed again" onSubmit={give}>
      <h2>Secrets are needed again</h2>
      <div>They are kept in memory only, and that Wrenchbook has ended. Nothing runs until you enter them, because unknown secrets can’t be masked.</div>
      {missingSecrets.map(({ name, label }) => (
        <PasswordInput
          key={name}
          label={label}
          value={values[name] ?? ''}
          autoComplete="off"
          onChange={(event) => {
            const { value } = event.currentTarget;
            setValues((before) => ({ ...before, [name]: value }));
          }}
        />
      ))}
      <div>
        <Button type="submit" size="xs" loading={busy} disabled={missingSecrets.some(({ name }) => !values[name])}>
          Continue
        </Button>
      </div>
    </form>
  );
}
