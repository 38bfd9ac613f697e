import { Button, Group, Modal, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ListedTarget, nameFor, type RootWay, rootWay, type TargetEntry } from '../../../shared/api/target.ts';
import { targetIssues } from '../../../shared/api/target-words.ts';
import { focusField, IssueSummary } from '../../components/form/issue-summary.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { useDraft } from '../../stores/kept-draft.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { ConsoleFields, emptyConsole } from './console-fields.tsx';
import classes from './targets.module.css';

interface TargetDialogProps {
  /** Null for a new one. */
  target: ListedTarget | null;
  groups: readonly string[];
  onClose(): void;
}
const rootNames: Record<RootWay, string> = {
  none: 'not at all',
  sudo: 'sudo',
  doas: 'doas',
  su: 'su, with root’s password',
  pkexec: 'pkexec, on a desktop',
};

/** Of the form's element, by the path of the entry's field. */
const fieldId = (name: string) => (name === '' ? '' : `target-${name.replaceAll('.', '-')}`);

const emptyEntry: TargetEntry = { name: '', connection: { kind: 'ssh', host: '' }, root: 'none', group: '', tags: [], note: '' };
const isEntry = (kept: unknown): kept is TargetEntry => typeof kept === 'object' && kept !== null && Object.keys(emptyEntry).every((name) => name in kept);

/** Adds or changes a target. There is no field for a password: it is typed where it is asked for. */
export function TargetDialog({ target, groups, onClose }: TargetDialogProps) {
  const [before] = useState(() => (target ? entryOf(target) : null));
  const { draft: entry, set: setEntry, forget } = useDraft<TargetEntry>(target ? `target ${target.id}` : 'target', before ?? emptyEntry, isEntry);
  const [trouble, setTrouble] = useState('');
  const [asked, setAsked] = useState(false);
  const { connection } = entry;
  const set = (change: Partial<TargetEntry>) => setEntry({ ...entry, ...change });
  const named = { ...entry, name: entry.name.trim() || nameFor(connection) };
  // A field is not scolded before somebody wanted to save.
  const issues = asked ? targetIssues(named) : [];
  const field = (name: string) => ({ id: fieldId(name), error: issues.find((issue) => issue.field === name)?.message });
  const giveUp = () => {
    forget();
    onClose();
  };
  const save = async () => {
    setAsked(true);
    setTrouble('');
    const found = targetIssues(named);
    if (found.length > 0) return void focusField(...found.map((issue) => fieldId(issue.field)));
    try {
      if (target && before) await api.targets.edit({ targetId: target.id, change: named, before });
      else await api.targets.add(named);
      giveUp();
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <Modal opened onClose={giveUp} title={target ? `Edit ${target.name}` : 'Add a target'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Select
          label="Where it is"
          data={[
            { value: 'ssh', label: 'another machine, over ssh' },
            { value: 'local', label: 'this machine' },
            { value: 'console', label: 'a console, for machines without ssh' },
          ]}
          allowDeselect={false}
          value={connection.kind}
          onChange={(kind) => set({ connection: kind === 'local' ? { kind } : kind === 'console' ? emptyConsole : { kind: 'ssh', host: '' } })}
        />
        {connection.kind === 'console' && <ConsoleFields connection={connection} field={field} onChange={(changed) => set({ connection: changed })} />}
        {connection.kind === 'ssh' && (
          <div className={classes.fields}>
            <TextInput
              {...field('connection.host')}
              label="Host"
              description="Name, address or ssh alias"
              required
              data-autofocus
              autoComplete="off"
              spellCheck={false}
              value={connection.host}
              onChange={(event) => set({ connection: { ...connection, host: event.currentTarget.value } })}
            />
            <TextInput
              {...field('connection.user')}
              label="User"
              description="Empty: as ssh is configured"
              autoComplete="off"
              spellCheck={false}
              value={connection.user ?? ''}
              onChange={(event) => {
                const { user: _user, ...rest } = connection;
                const user = event.currentTarget.value;
                set({ connection: user === '' ? rest : { ...rest, user } });
              }}
            />
            <NumberInput
              {...field('connection.port')}
              label="Port"
              description="Empty: as ssh is configured"
              min={1}
              max={65_535}
              allowDecimal={false}
              hideControls
              value={connection.port ?? ''}
              onChange={(value) => {
                const { port: _port, ...rest } = connection;
                set({ connection: typeof value === 'number' ? { ...rest, port: value } : rest });
              }}
            />
          </div>
        )}
        <div className={classes.fields}>
          <TextInput
            {...field('name')}
            label="Name"
            description={connection.kind === 'console' ? 'Empty: how it is reached' : 'Empty: the host'}
            value={entry.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Select
            label="Root is reached by"
            description="For steps that need it"
            data={rootWay.options.map((value) => ({ value, label: rootNames[value] }))}
            allowDeselect={false}
            value={entry.root}
            onChange={(root) => root && set({ root: root as RootWay })}
          />
          <TextInput
            {...field('group')}
            label="Group"
            description={groups.length > 0 ? `Existing groups: ${groups.join(', ')}` : 'Group in the list'}
            value={entry.group}
            onChange={(event) => set({ group: event.currentTarget.value })}
          />
        </div>
        <TagsInput {...field('tags')} label="Tags" description="Tags to find it by; Enter after each" value={entry.tags} onChange={(tags) => set({ tags })} />
        <Switch
          label="Production"
          description="A mistake there costs more than elsewhere. Runs on it say so in red."
          checked={entry.production ?? false}
          onChange={(event) => set({ production: event.currentTarget.checked })}
        />
        <Textarea
          {...field('note')}
          label="Note"
          description="No secrets: it is stored as plain text"
          autosize
          minRows={2}
          value={entry.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <IssueSummary issues={issues.map(({ field: name, ...told }) => ({ ...told, fieldId: fieldId(name) }))} />
        {trouble && <TroubleNote text={trouble} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={giveUp}>
            Cancel
          </Button>
          <Button type="submit">{target ? 'Save' : 'Add'}</Button>
        </Group>
      </form>
    </Modal>
  );
}

function entryOf({ id: _id, facts: _facts, ...entry }: ListedTarget): TargetEntry {
  return entry;
}
