import { type Ref, useState } from 'react';
import type { ChangeGroup, FleetChanges } from '../../../shared/api/fleet.ts';
import { EditDiff } from '../../components/diff/edit-diff.tsx';
import { unifiedLines } from '../../components/diff/unified-lines.ts';
import { MustSee } from '../../components/run/must-see.tsx';
import { hostCount } from '../../words/fleet.ts';
import page from '../page.module.css';
import classes from './fleets.module.css';

interface ChangesProps {
  ref: Ref<HTMLElement>;
  changes: FleetChanges;
  hosts: number;
}

/** What the check would change, hosts with the same changes together. What is agreed to has to have been in view. */
export function Changes({ ref, changes: { groups, unseen }, hosts }: ChangesProps) {
  const same = hosts - unseen.length - groups.reduce((all, group) => all + group.hosts.filter((host) => !unseen.some((each) => each.host === host)).length, 0);
  return (
    <section ref={ref} aria-labelledby="changes" className={classes.section}>
      <h2 id="changes" className={classes.sectionTitle}>
        What would change
      </h2>
      {groups.map((group, index) => (
        <Group key={group.hosts[0]} group={group} begin={index < openAtFirst} />
      ))}
      {unseen.length > 0 && (
        <div className={`${page.panel} ${classes.unseen}`}>
          <strong>{hostCount(unseen.length)} could not be checked.</strong> What would change there is not known.
          <ul className={page.list} aria-label="Could not be checked">
            {unseen.slice(0, mostNamed).map(({ host, why }) => (
              <li key={host}>
                <code>{host}</code>: {why}
              </li>
            ))}
          </ul>
          {unseen.length > mostNamed && <p>And {unseen.length - mostNamed} more; see the table.</p>}
        </div>
      )}
      {same > 0 && <p className={classes.quiet}>{hostCount(same)}: no change to a file was seen.</p>}
      <p className={classes.quiet}>A check does not run commands, so what they would change is not shown here.</p>
    </section>
  );
}

const openAtFirst = 2;
const mostNamed = 20;

function Group({ group: { hosts, steps, differs, more }, begin }: { group: ChangeGroup; begin: boolean }) {
  // Drawn once it was open: many groups with long changes would keep the window busy.
  const [drawn, setDrawn] = useState(begin);
  const [open] = useState(begin);
  const [first = ''] = hosts;
  const named = hosts.length > 1 && steps.some(({ diff }) => diff.includes(first));
  return (
    <details className={`${page.panel} ${classes.group}`} open={open} onToggle={(event) => event.currentTarget.open && setDrawn(true)}>
      <summary>
        <strong>{hostCount(hosts.length)}</strong>
        {differs.map(({ added, text }, at) => (
          <span key={`${added} ${text}`}>
            {at === 0 ? ': ' : ', '}
            {!added && 'without '}
            <code>{text}</code>
          </span>
        ))}
        {more > 0 && ` and ${more} more ${more === 1 ? 'line' : 'lines'}`}
        <div className={classes.quiet}>
          {hosts.slice(0, 8).join(', ')}
          {hosts.length > 8 && ` and ${hosts.length - 8} more`}
        </div>
      </summary>
      {drawn ? (
        <>
          {named && <p className={classes.quiet}>Shown as on {first}; the others have their own names there.</p>}
          {steps.map(({ id, title, diff }) => (
            <StepDiff key={id} title={title} of={`on ${hostCount(hosts.length)}`} diff={diff} />
          ))}
        </>
      ) : (
        <MustSee what="change" />
      )}
    </details>
  );
}

/** As it is in a run; what is no diff as it came. */
function StepDiff({ title, of, diff }: { title: string; of: string; diff: string }) {
  const file = /^\+\+\+ (?:after: )?(.+)$/m.exec(diff)?.[1] ?? title;
  if (unifiedLines(diff).some(({ side }) => side === 'left' || side === 'right'))
    return <EditDiff title={`${title}: ${file}`} file={of} diff={diff} approved />;
  return (
    <section aria-label={`Change of ${title}`}>
      <div className={classes.label}>{title}</div>
      <pre className={classes.plain}>{diff}</pre>
      <MustSee what="change" />
    </section>
  );
}
