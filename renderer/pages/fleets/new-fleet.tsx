import { Button, Checkbox, Group, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { FoundHosts, HostSource } from '../../../shared/api/fleet.ts';
import { noteFleet } from '../../stores/fleets.ts';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import { hostCount } from '../../words/fleet.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';

interface Inventory {
  path: string;
  found: FoundHosts;
}
const noneFound: FoundHosts = { hosts: [], troubles: [], twice: [] };

/** Hosts from wherever they are named, and then the folder with the playbook. */
export function NewFleet({ onCancel }: { onCancel(): void }) {
  const [text, setText] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [pattern, setPattern] = useState('');
  const [inventories, setInventories] = useState<readonly Inventory[]>([]);
  const [sshPassword, setSshPassword] = useState(false);
  const [choices, setChoices] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    api.fleets.choices({}).then(({ tags: known, groups }) => setChoices([...new Set([...known, ...groups])]), reportError);
  }, []);
  const sources: HostSource[] = [
    ...(text.trim() ? [{ kind: 'list' as const, text, role: '' }] : []),
    ...tags.map((tag) => ({ kind: 'tag' as const, tag, role: '' })),
    ...(pattern.trim() ? [{ kind: 'ssh-config' as const, pattern: pattern.trim(), role: '' }] : []),
  ];
  const found = useFound(sources);
  const parts = [found, ...inventories.map((inventory) => inventory.found)];
  const names = [...new Set(parts.flatMap(({ hosts }) => hosts.map(({ name }) => name)))];
  const troubles = parts.flatMap((part) => part.troubles);
  const twice = [...new Set(parts.flatMap((part) => part.twice))];
  const addInventory = async () => {
    const chosen = await api.window.chooseInventory({});
    if (chosen) setInventories((before) => [...before.filter(({ path }) => path !== chosen.path), chosen]);
  };
  const prepare = async () => {
    setBusy(true);
    try {
      const prepared = await api.window.prepareFleet({ sources, inventories: inventories.map(({ path }) => path), sshPassword });
      if (!prepared) return;
      noteFleet(prepared.state);
      go({ page: 'fleet', runId: prepared.state.runId });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={`${page.panel} ${classes.section}`} aria-labelledby="new-fleet">
      <h2 id="new-fleet" className={classes.sectionTitle}>
        New fleet run
      </h2>
      <div className={classes.form}>
        <Textarea
          label="Hosts"
          description="One or several a line, with ranges: web[01:25].example.com, web01..25, admin@db1:2222. Comments begin with #."
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={12}
          classNames={{ input: classes.mono ?? '' }}
          spellCheck={false}
        />
        <div className={classes.stack}>
          <MultiSelect label="Tags or groups of your targets" data={choices} value={tags} onChange={setTags} nothingFoundMessage="No tags" clearable />
          <TextInput
            label="Hosts of your ssh configuration"
            placeholder="web*"
            value={pattern}
            onChange={(event) => setPattern(event.currentTarget.value)}
            spellCheck={false}
          />
          <Group gap="sm">
            <Button variant="default" size="xs" onClick={() => void addInventory().catch(reportError)}>
              Add an Ansible inventory …
            </Button>
          </Group>
          {inventories.map(({ path, found: inside }) => (
            <div key={path} className={classes.quiet}>
              {path}: {hostCount(inside.hosts.length)}{' '}
              <Button size="compact-xs" variant="subtle" onClick={() => setInventories((before) => before.filter((each) => each.path !== path))}>
                Remove {path.split('/').at(-1)}
              </Button>
            </div>
          ))}
          <Checkbox label="ssh asks for a password (needs sshpass)" checked={sshPassword} onChange={(event) => setSshPassword(event.currentTarget.checked)} />
        </div>
      </div>
      <p role="status" className={classes.found}>
        <strong>{hostCount(names.length)}</strong> {names.slice(0, 12).join(', ')}
        {names.length > 12 && ` and ${names.length - 12} more`}
      </p>
      {twice.length > 0 && <p className={classes.warning}>Named twice, taken once: {twice.join(', ')}.</p>}
      {troubles.length > 0 && (
        <ul className={`${page.list} ${classes.warning}`} aria-label="Left out">
          {troubles.map(({ entry, why }) => (
            <li key={`${entry} ${why}`}>
              <code>{entry}</code> is left out: {why}.
            </li>
          ))}
        </ul>
      )}
      <Group mt="md">
        <Button onClick={() => void prepare().catch(reportError)} disabled={names.length === 0} loading={busy}>
          Choose the playbook’s folder …
        </Button>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
      <p className={classes.quiet}>Nothing runs yet: the playbook and what it would change are shown first.</p>
    </section>
  );
}

const waitMs = 250;
/** What the backend makes of the sources, a moment after the last change. */
function useFound(sources: readonly HostSource[]): FoundHosts {
  const [found, setFound] = useState(noneFound);
  const key = JSON.stringify(sources);
  useEffect(() => {
    const asked = JSON.parse(key) as HostSource[];
    if (asked.length === 0) {
      setFound(noneFound);
      return;
    }
    let current = true;
    const timer = window.setTimeout(() => {
      api.fleets.hosts({ sources: asked }).then((answer) => {
        if (current) setFound(answer);
      }, reportError);
    }, waitMs);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [key]);
  return found;
}
