import { Anchor, Button } from '@mantine/core';
import type { IgnoredFinding } from '../../../shared/api/doctor.ts';
import { reportError } from '../../stores/report-error.ts';
import { routeHash } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import { targetOfValue } from '../../words/where.ts';
import classes from './doctor.module.css';

/** What somebody has said to be none here, why, and the way back. */
export function IgnoredFindings({ ignored, where }: { ignored: readonly IgnoredFinding[]; where: string }) {
  if (ignored.length === 0) return null;
  const show = (findingId: string) => void api.machines.unignore({ target: targetOfValue(where), findingId }).catch(reportError);
  return (
    <section aria-labelledby="group-ignored">
      <h2 id="group-ignored">Ignored here: {ignored.length}</h2>
      <ul className={classes.short}>
        {ignored.map(({ id, topicId, title, because, since, by }) => (
          <li key={id}>
            <Anchor href={routeHash({ page: 'topic', topicId })}>{title}</Anchor>
            <span>Not here, because: {because}</span>
            <span className={classes.quiet}>
              {by}, {momentText(since)}
            </span>
            <Button size="compact-xs" variant="subtle" className={classes.ignore ?? ''} aria-label={`No longer ignore ${title}`} onClick={() => show(id)}>
              No longer ignore
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
