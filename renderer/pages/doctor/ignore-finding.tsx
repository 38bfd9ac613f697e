import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IdentifiedFinding } from '../../../shared/api/doctor.ts';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { targetOfValue } from '../../words/where.ts';
import classes from './doctor.module.css';

/** "Not here, because …": asks why in the place of the button. */
export function IgnoreFinding({ finding, where, small }: { finding: Pick<IdentifiedFinding, 'id' | 'title'>; where: string; small?: true }) {
  const [asking, setAsking] = useState(false);
  const [because, setBecause] = useState('');
  const [trouble, setTrouble] = useState('');
  const ignore = (event: FormEvent) => {
    event.preventDefault();
    if (because.trim().length < 3) return setTrouble('Say why, in a few words.');
    api.machines.ignore({ target: targetOfValue(where), findingId: finding.id, because }).then(
      () => announce(`${finding.title} is ignored on this machine.`),
      (thrown: unknown) => setTrouble(errorText(thrown)),
    );
  };
  if (!asking)
    return (
      <Button
        size={small ? 'compact-xs' : 'xs'}
        variant={small ? 'subtle' : 'default'}
        className={classes.ignore ?? ''}
        aria-label={`Ignore ${finding.title}`}
        onClick={() => setAsking(true)}
      >
        Ignore …
      </Button>
    );
  return (
    <form onSubmit={ignore} className={classes.ignoring}>
      <TextInput
        size="xs"
        label="Not here, because"
        description="It stays ignored on this machine for as long as the same is found. It is counted, and listed below."
        value={because}
        error={trouble || undefined}
        maxLength={500}
        autoFocus
        onChange={(event) => setBecause(event.currentTarget.value)}
      />
      <Group gap="xs" mt={6}>
        <Button size="xs" type="submit">
          Ignore
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsking(false)}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
