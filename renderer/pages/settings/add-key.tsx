import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldIssueWords } from '../../../shared/api/issue-words.ts';
import { keyToTrust } from '../../../shared/api/keys.ts';
import { focusField, IssueSummary } from '../../components/form/issue-summary.tsx';
import { announce } from '../../stores/announce.ts';
import { useDraft } from '../../stores/kept-draft.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import classes from './settings.module.css';

const emptyKey = { key: '', label: '' };
const isKey = (kept: unknown): kept is typeof emptyKey => typeof kept === 'object' && kept !== null && 'key' in kept && 'label' in kept;

/** Lets the signatures of a key count that somebody told over the telephone or pasted. */
export function AddKey({ onAdded }: { onAdded(): void }) {
  const { draft, set } = useDraft('key', emptyKey, isKey);
  const { key, label } = draft;
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const issues = asked ? keyIssues({ key, label }) : [];
  const errorOf = (name: string) => issues.find(({ field }) => field === name)?.message;
  const add = async () => {
    setAsked(true);
    setTrouble('');
    const found = keyIssues({ key, label });
    if (found.length > 0) return void focusField(...found.map(({ fieldId }) => fieldId));
    setBusy(true);
    try {
      const known = await api.keys.trust({ key, label });
      announce(`The key of ${known.label} is trusted from now on.`);
      setAsked(false);
      set(emptyKey);
      onAdded();
    } catch (thrown) {
      setTrouble(errorText(thrown));
      focusField(fieldIds.key);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label="Add a key" className={classes.part}>
      <h3>Add a key</h3>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput
          id={fieldIds.key}
          error={errorOf('key') ?? trouble}
          required
          label="Fingerprint or public key"
          description="From its owner. Runs and bundles signed with it are then trusted here."
          placeholder="SHA256:…"
          value={key}
          onChange={(event) => set({ ...draft, key: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        <TextInput
          id={fieldIds.label}
          error={errorOf('label')}
          required
          label="Key owner"
          value={label}
          onChange={(event) => set({ ...draft, label: event.currentTarget.value })}
          autoComplete="off"
        />
        <IssueSummary issues={issues} />
        <Button type="submit" size="xs" loading={busy}>
          Add the key
        </Button>
      </form>
    </section>
  );
}

const fieldIds = { key: 'key-to-trust', label: 'key-owner' } as const;
const words = {
  key: { label: 'Fingerprint or public key', help: 'The text that its owner sends you', example: 'SHA256:Xq3…' },
  label: { label: 'Key owner', help: 'A name that you know the owner by', example: 'Kim, web team' },
} as const;

function keyIssues(typed: { key: string; label: string }) {
  const { error } = keyToTrust.safeParse(typed, { error: (issue) => fieldIssueWords(issue, words[issue.path?.[0] === 'key' ? 'key' : 'label']) });
  return (error?.issues ?? []).map(({ path, message }) => {
    const field = path[0] === 'key' ? 'key' : 'label';
    return { field, fieldId: fieldIds[field], label: words[field].label, message };
  });
}
