import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import classes from './settings.module.css';

/** Lets the signatures of a key count that somebody told over the telephone or pasted. */
export function AddKey({ onAdded }: { onAdded(): void }) {
  const [key, setKey] = useState('');
  const [label, setLabel] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    setTrouble('');
    try {
      const known = await api.keys.trust({ key, label });
      announce(`The key of ${known.label} counts from now on.`);
      setKey('');
      setLabel('');
      onAdded();
    } catch (thrown) {
      setTrouble(errorText(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label="Add a key" className={classes.part}>
      <h3>Add a key</h3>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput
          label="Fingerprint or public key"
          description="From whoever owns it. Runs and bundles signed with it then count as unchanged here."
          placeholder="SHA256:…"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput label="Whose key it is" value={label} onChange={(event) => setLabel(event.currentTarget.value)} autoComplete="off" />
        {trouble && <TroubleNote text={trouble} />}
        <Button type="submit" size="xs" loading={busy} disabled={key.trim() === '' || label.trim() === ''}>
          Add the key
        </Button>
      </form>
    </section>
  );
}
