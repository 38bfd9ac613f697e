import { Button, Chip, Group } from '@mantine/core';
import { useState } from 'react';
import type { ListedTarget } from '../../../shared/api/target.ts';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { useIntent } from '../../stores/intent.ts';
import { useTargets } from '../../stores/targets.ts';
import page from '../page.module.css';
import { ImportDialog } from './import-dialog.tsx';
import { TargetCard } from './target-card.tsx';
import { TargetDialog } from './target-dialog.tsx';
import classes from './targets.module.css';

type Dialog = { open: 'none' | 'add' | 'import' } | { open: 'edit'; target: ListedTarget };

/** The machines that procedures run on, by group. */
export function TargetsPage() {
  const { targets, trouble } = useTargets();
  const [dialog, setDialog] = useState<Dialog>({ open: 'none' });
  const [wanted, setWanted] = useState<string[]>([]);
  useIntent('add-target', () => setDialog({ open: 'add' }));
  useIntent('import-targets', () => setDialog({ open: 'import' }));
  const close = () => setDialog({ open: 'none' });
  const all = targets ?? [];
  const tags = [...new Set(all.flatMap((target) => target.tags))].sort();
  const active = wanted.filter((tag) => tags.includes(tag));
  const shown = all.filter((target) => active.every((tag) => target.tags.includes(tag)));
  const groups = [...new Set(shown.map(({ group }) => group))].sort();
  return (
    <div className={page.page}>
      <Group justify="space-between">
        <PageHeading title="Targets" />
        <Group gap="xs">
          <Button variant="default" onClick={() => setDialog({ open: 'import' })}>
            Add from ssh files …
          </Button>
          <Button onClick={() => setDialog({ open: 'add' })}>Add a target …</Button>
        </Group>
      </Group>
      <p className={page.lead}>The machines procedures run on. Passwords are never kept: they are typed in the terminal when they are asked for.</p>
      {trouble && <TroubleNote text={trouble} />}
      {targets?.length === 0 && (
        <EmptyNote
          title="No targets yet"
          text="Add a machine, or choose from those your ssh configuration knows. Test then says whether it can be reached, and what to do if not."
        />
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
      {groups.map((group) => (
        <section key={group} className={classes.group} aria-label={group || 'Without a group'}>
          <h2>{group || (groups.length > 1 ? 'Without a group' : 'All')}</h2>
          {shown
            .filter((target) => target.group === group)
            .map((target) => (
              <TargetCard key={target.id} target={target} onEdit={() => setDialog({ open: 'edit', target })} />
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
