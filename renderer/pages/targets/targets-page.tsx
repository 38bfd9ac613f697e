import { Button, Chip, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useState } from 'react';
import type { ListedTarget } from '../../../shared/api/target.ts';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { useIntent } from '../../stores/intent.ts';
import { routeHash } from '../../stores/route.ts';
import { useTargets } from '../../stores/targets.ts';
import { numberText } from '../../words/amounts.ts';
import { fitsTarget } from '../../words/targets.ts';
import page from '../page.module.css';
import { BookTrouble, HiddenTargets } from './book-trouble.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { TargetCard } from './target-card.tsx';
import { TargetDialog } from './target-dialog.tsx';
import classes from './targets.module.css';

type Dialog = { open: 'none' | 'add' | 'import' } | { open: 'edit'; target: ListedTarget };

/** The machines that procedures run on, by group. */
export function TargetsPage() {
  const { targets, trouble, damaged, file, hidden } = useTargets();
  const [dialog, setDialog] = useState<Dialog>({ open: 'none' });
  const [wanted, setWanted] = useState<string[]>([]);
  useIntent('add-target', () => setDialog({ open: 'add' }));
  useIntent('import-targets', () => setDialog({ open: 'import' }));
  const [search, setSearch] = useState('');
  // The field answers at once, the list a moment later.
  const asked = useDeferredValue(search);
  const close = () => setDialog({ open: 'none' });
  const edit = useCallback((target: ListedTarget) => setDialog({ open: 'edit', target }), []);
  const all = targets ?? [];
  const tags = [...new Set(all.flatMap((target) => target.tags))].sort();
  const active = wanted.filter((tag) => tags.includes(tag));
  const shown = all.filter((target) => active.every((tag) => target.tags.includes(tag)) && fitsTarget(target, asked));
  const groups = [...new Set(shown.map(({ group }) => group))].sort();
  const add = <Button onClick={() => setDialog({ open: 'add' })}>Add a target …</Button>;
  const addFromSsh = (
    <Button variant="default" onClick={() => setDialog({ open: 'import' })}>
      Add from ssh files …
    </Button>
  );
  return (
    <div className={page.page}>
      <Group justify="space-between">
        <PageHeading title="Targets" />
        {all.length > 0 && (
          <Group gap="xs">
            {addFromSsh}
            {add}
          </Group>
        )}
      </Group>
      <p className={page.lead}>The machines procedures run on. Passwords are never kept: you type them in the terminal when they are asked for.</p>
      <p className={page.lead}>
        <a href={routeHash({ page: 'doctor', where: 'local' })}>Check this machine</a> for everything Wrenchbook has a procedure for, or see{' '}
        <a href={routeHash({ page: 'machine', where: 'local' })}>all about it</a>; your targets have both as well.
      </p>
      {trouble && <BookTrouble text={trouble} damaged={damaged} />}
      <HiddenTargets hidden={hidden} file={file} />
      {targets?.length === 0 && (
        <div className={classes.empty}>
          <EmptyNote
            title="No targets yet"
            text="Add a machine, or choose from those your ssh configuration knows. Test then says whether it can be reached, and what to do if not."
          >
            <Group gap="xs">
              {add}
              {addFromSsh}
            </Group>
          </EmptyNote>
        </div>
      )}
      {all.length > 0 && (
        <div className={classes.search}>
          <TextInput
            aria-label="Search targets"
            placeholder="Name, address, group, tag or system"
            leftSection={<IconSearch size={16} aria-hidden />}
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <span role="status">{shown.length === all.length ? countText(all.length) : `${countText(shown.length)} of ${numberText(all.length)}`}</span>
        </div>
      )}
      {tags.length > 0 && (
        <Chip.Group multiple value={active} onChange={setWanted}>
          <Group gap="xs" mt="sm" role="group" aria-label="Only those with these tags">
            {tags.map((tag) => (
              <Chip key={tag} value={tag} size="xs" variant="outline">
                {tag}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
      {all.length > 0 && shown.length === 0 && <p className={page.lead}>No matching target. Use fewer words, or other tags.</p>}
      {groups.map((group) => (
        <section key={group} className={classes.group} aria-label={group || 'Without a group'}>
          <h2>{group || (groups.length > 1 ? 'Without a group' : 'All')}</h2>
          {shown
            .filter((target) => target.group === group)
            .map((target) => (
              <TargetCard key={target.id} target={target} onEdit={edit} />
            ))}
        </section>
      ))}
      {dialog.open === 'import' && <ImportDialog onClose={close} />}
      {(dialog.open === 'add' || dialog.open === 'edit') && (
        <TargetDialog
          target={dialog.open === 'edit' ? dialog.target : null}
          groups={[...new Set(all.map(({ group }) => group).filter(Boolean))]}
          onClose={close}
        />
      )}
    </div>
  );
}

const countText = (count: number) => `${numberText(count)} ${count === 1 ? 'target' : 'targets'}`;
