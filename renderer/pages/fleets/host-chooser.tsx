import { Button, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { hostCount } from '../../words/fleet.ts';
import classes from './fleets.module.css';
import type { HostPick, PickedInventory } from './host-picks.ts';

interface HostChooserProps {
  /** Of the machine; empty where there is one. */
  role: string;
  title: string;
  pick: HostPick;
  names: readonly string[];
  /** It was to be started without any. */
  missing: boolean;
  onPick(pick: HostPick): void;
}

/** Hosts from wherever they are named, for one machine of a procedure. */
export function HostChooser({ role, title, pick, names, missing, onPick }: HostChooserProps) {
  const choices = useChoices();
  const of = title === '' ? '' : ` of ${title}`;
  return (
    <fieldset className={classes.chooser} aria-label={title === '' ? 'Hosts' : `Hosts${of}`}>
      <Textarea
        id={hostsField(role)}
        label={`Hosts${of}`}
        description="One or several a line, with ranges: web[01:25].example.com, web01..25, admin@db1:2222. Comments begin with #."
        value={pick.text}
        onChange={(event) => onPick({ ...pick, text: event.currentTarget.value })}
        error={missing ? 'Choose at least one host.' : undefined}
        autosize
        minRows={3}
        maxRows={10}
        classNames={{ input: classes.mono ?? '' }}
        spellCheck={false}
      />
      <details className={classes.more} open={pick.tags.length > 0 || pick.pattern !== '' || pick.inventories.length > 0 || undefined}>
        <summary>Targets, ssh configuration, inventories</summary>
        <div className={classes.stack}>
          <MultiSelect
            label={`Tags or groups of your targets${of && `,${of.slice(3)}`}`}
            data={choices}
            value={pick.tags}
            onChange={(tags) => onPick({ ...pick, tags })}
            nothingFoundMessage="No tags"
            clearable
          />
          <TextInput
            label={`Hosts of your ssh configuration${of && `,${of.slice(3)}`}`}
            placeholder="web*"
            value={pick.pattern}
            onChange={(event) => onPick({ ...pick, pattern: event.currentTarget.value })}
            spellCheck={false}
          />
          <Inventories of={of} inventories={pick.inventories} onInventories={(inventories) => onPick({ ...pick, inventories })} />
        </div>
      </details>
      <p role="status" className={classes.found}>
        <strong>{hostCount(names.length)}</strong> {names.slice(0, 12).join(', ')}
        {names.length > 12 && ` and ${names.length - 12} more`}
      </p>
    </fieldset>
  );
}

/** Id of the element that takes the focus. */
export const hostsField = (role: string) => `hosts-${role}`;

interface InventoriesProps {
  of: string;
  inventories: readonly PickedInventory[];
  onInventories(inventories: readonly PickedInventory[]): void;
}

function Inventories({ of, inventories, onInventories }: InventoriesProps) {
  const add = async () => {
    const chosen = await api.window.chooseInventory({});
    if (chosen) onInventories([...inventories.filter(({ path }) => path !== chosen.path), { ...chosen, group: 'all' }]);
  };
  const regroup = async (path: string, group: string) => {
    const found = await api.window.inventoryHosts({ path, group });
    onInventories(inventories.map((each) => (each.path === path ? { path, group, found } : each)));
  };
  return (
    <>
      <Button variant="default" size="xs" style={{ alignSelf: 'start' }} onClick={() => void add().catch(reportError)}>
        Add an Ansible inventory{of} …
      </Button>
      {inventories.map((inventory) => (
        <InventoryRow
          key={inventory.path}
          inventory={inventory}
          onGroup={(group) => void regroup(inventory.path, group).catch(reportError)}
          onRemove={() => onInventories(inventories.filter(({ path }) => path !== inventory.path))}
        />
      ))}
    </>
  );
}

interface InventoryRowProps {
  inventory: PickedInventory;
  onGroup(group: string): void;
  onRemove(): void;
}

function InventoryRow({ inventory: { path, group, found }, onGroup, onRemove }: InventoryRowProps) {
  const [typed, setTyped] = useState(group);
  const name = path.split('/').at(-1);
  const take = () => (typed.trim() === '' ? setTyped(group) : typed.trim() !== group && onGroup(typed.trim()));
  return (
    <div className={classes.inventory}>
      <span>
        <code>{path}</code>: {hostCount(found.hosts.length)}
      </span>
      <TextInput
        size="xs"
        label={`Group of ${name}`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          take();
        }}
        spellCheck={false}
      />
      <Button size="compact-xs" variant="subtle" onClick={onRemove}>
        Remove {name}
      </Button>
    </div>
  );
}

/** Tags and groups of the list of targets. */
function useChoices(): string[] {
  const [choices, setChoices] = useState<string[]>([]);
  useEffect(() => {
    api.fleets.choices({}).then(({ tags, groups }) => setChoices([...new Set([...tags, ...groups])]), reportError);
  }, []);
  return choices;
}
