import { Button, Group } from '@mantine/core';
import { memo, useState } from 'react';
import { systemText } from '../../../shared/api/facts-text.ts';
import { type ListedTarget, placeText } from '../../../shared/api/target.ts';
import { TrialPanel } from '../../components/trial/trial-panel.tsx';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { noteStart, putAwayTrial, useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { ageText } from '../../words/targets.ts';
import { placeValue } from '../../words/where.ts';
import page from '../page.module.css';
import { TargetFactsList } from './target-facts.tsx';
import classes from './targets.module.css';

/** One target, its test, and what it said of itself. There may be hundreds: one is drawn again only when it changes. */
export const TargetCard = memo(function TargetCard({ target, onEdit }: { target: ListedTarget; onEdit(target: ListedTarget): void }) {
  const trial = useTargets((state) => state.trials[target.id]);
  const [removing, setRemoving] = useState(false);
  const { id: targetId, name, connection, root, tags, note, facts } = target;
  const test = () => void api.trials.start({ targetId }).then(noteStart).catch(reportError);
  const remove = () => {
    if (trial?.status === 'running') void api.trials.cancel({ trialId: trial.trialId }).catch(() => undefined);
    putAwayTrial(targetId);
    void api.targets.remove({ targetId }).catch(reportError);
  };
  return (
    <article className={`${page.panel} ${classes.card}`} aria-label={name}>
      <Group justify="space-between" gap="sm">
        <div>
          <h3 className={classes.name}>{name}</h3>
          <div className={classes.quiet}>
            <code>{placeText(connection)}</code>
            {root === 'none' ? (isTyped(target) ? '' : ' · no root access') : ` · root by ${root}`}
            {tags.length > 0 && ` · ${tags.map((tag) => `#${tag}`).join(' ')}`}
            {seenText(target)}
          </div>
        </div>
        {removing ? (
          <Group gap="xs">
            <span>Remove {name} from the list? Its runs stay.</span>
            <Button size="xs" color="red.9" onClick={remove}>
              Remove
            </Button>
            <Button size="xs" variant="default" ref={focusAtOnce} onClick={() => setRemoving(false)}>
              Keep
            </Button>
          </Group>
        ) : (
          <Group gap="xs">
            <Button size="xs" onClick={test} disabled={trial?.status === 'running'} aria-label={`Test ${name}`}>
              Test
            </Button>
            {connection.kind === 'ssh' && (
              <Button
                size="xs"
                variant="default"
                onClick={() => go({ page: 'doctor', where: placeValue({ kind: 'book', id: targetId }) })}
                aria-label={`Check-up of ${name}`}
              >
                Check-up
              </Button>
            )}
            {connection.kind === 'ssh' && (
              <Button
                size="xs"
                variant="default"
                onClick={() => go({ page: 'machine', where: placeValue({ kind: 'book', id: targetId }) })}
                aria-label={`All about ${name}`}
              >
                All about it
              </Button>
            )}
            <Button size="xs" variant="default" onClick={() => onEdit(target)} aria-label={`Edit ${name}`}>
              Edit
            </Button>
            <Button size="xs" variant="default" onClick={() => setRemoving(true)} aria-label={`Remove ${name}`}>
              Remove …
            </Button>
          </Group>
        )}
      </Group>
      {note && <p className={classes.note}>{note}</p>}
      {trial && <TrialPanel key={trial.trialId} trial={trial} />}
      {facts && (
        <details className={classes.more}>
          <summary>Facts</summary>
          <TargetFactsList facts={facts} />
        </details>
      )}
    </article>
  );
});

/** Asked in the place of the button that was pressed. */
const focusAtOnce = (button: HTMLButtonElement | null) => button?.focus();

/** A console without a shell behind it says nothing of itself, and has no root. */
const isTyped = ({ connection }: ListedTarget) => connection.kind === 'console' && connection.dialect !== 'login';

function seenText(target: ListedTarget): string {
  if (target.facts) return ` · ${systemText(target.facts)}, ${ageText(target.facts.readAt, Date.now())}`;
  return isTyped(target) ? '' : ' · never reached';
}
