import { Button, Group, Modal, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ListedTarget, nameFor, type RootWay, rootWay, type TargetEntry, targetEntry } from '../../../shared/api/target.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
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

/** Adds or changes a target. There is no field for a password: it is typed where it is asked for. */
export function TargetDialog({ target, groups, onClose }: TargetDialogProps) {
  const before = target ? entryOf(target) : null;
  const [entry, setEntry] = useState<TargetEntry>(before ?? { name: '', connection: { kind: 'ssh', host: '' }, root: 'none', group: '', tags: [], note: '' });
  const [trouble, setTrouble] = useState('');
  const { connection } = entry;
  const set = (change: Partial<TargetEntry>) => setEntry({ ...entry, ...change });
  const save = async () => {
    const name = entry.name.trim() || nameFor(connection);
    const issue = targetEntry.safeParse({ ...entry, name }).error?.issues[0];
    if (issue) return setTrouble(`${issue.message}.`);
    try {
      if (target && before) await api.targets.edit({ targetId: target.id, change: { ...entry, name }, before });
      else await api.targets.add({ ...entry, name });
      onClose();
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <Modal opened onClose={onClose} title={target ? `Edit ${target.name}` : 'Add a target'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.form}
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
            { value: 'console', label: 'a console, for what has no ssh' },
          ]}
          allowDeselect={false}
          value={connection.kind}
          onChange={(kind) => set({ connection: kind === 'local' ? { kind } : kind === 'console' ? emptyConsole : { kind: 'ssh', host: '' } })}
        />
        {connection.kind === 'console' && <ConsoleFields connection={connection} onChange={(changed) => set({ connection: changed })} />}
        {connection.kind === 'ssh' && (
          <div className={classes.fields}>
            <TextInput
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
            label="Name"
            description={connection.kind === 'console' ? 'Empty: how it is reached' : 'Empty: the host'}
            maxLength={80}
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
            label="Group"
            description={groups.length > 0 ? `There is: ${groups.join(', ')}` : 'Where it stands in the list'}
            maxLength={64}
            value={entry.group}
            onChange={(event) => set({ group: event.currentTarget.value })}
          />
        </div>
        <TagsInput label="Tags" description="Words to find it by; Enter after each" value={entry.tags} onChange={(tags) => set({ tags })} />
        <Switch
          label="Production"
          description="A mistake there costs more than elsewhere. Runs on it say so in red."
          checked={entry.production ?? false}
          onChange={(event) => set({ production: event.currentTarget.checked })}
        />
        <Textarea
          label="Note"
          description="Nothing secret: it is kept as it is"
          maxLength={2000}
          autosize
          minRows={2}
          value={entry.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        {trouble && <TroubleNote text={trouble} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
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
