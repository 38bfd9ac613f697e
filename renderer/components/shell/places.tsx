import { VisuallyHidden } from '@mantine/core';
import { IconBook2, IconHistory, IconServer, IconSettings, IconStack2 } from '@tabler/icons-react';
import { type Route, routeHash, useRoute } from '../../stores/route.ts';
import { useRunHistory } from '../../stores/run-history.ts';
import { useWindowInfo } from '../../stores/window-info.ts';
import { numberText } from '../../words/amounts.ts';
import classes from './shell.module.css';

const runPages: readonly Route['page'][] = ['runs', 'storage', 'run', 'transcript', 'compare'];

const targetPages: readonly Route['page'][] = ['targets', 'doctor', 'machine', 'watch'];

export function Places() {
  const page = useRoute((state) => state.route.page);
  const openRuns = useRunHistory((state) => state.openRuns);
  const version = useWindowInfo((state) => state.version);
  const inRuns = runPages.includes(page);
  const inFleets = page === 'fleets' || page === 'new-fleet' || page === 'fleet';
  const inTargets = targetPages.includes(page);
  return (
    <>
      <a
        className={classes.place}
        href={routeHash({ page: 'catalogue' })}
        aria-current={inRuns || inTargets || inFleets || page === 'settings' ? undefined : 'page'}
      >
        <IconBook2 size={22} stroke={1.6} aria-hidden />
        Catalogue
      </a>
      <a className={classes.place} href={routeHash({ page: 'runs' })} aria-current={inRuns ? 'page' : undefined}>
        <IconHistory size={22} stroke={1.6} aria-hidden />
        Runs
        {openRuns > 0 && (
          <span className={classes.count}>
            {numberText(openRuns)}
            <VisuallyHidden> open</VisuallyHidden>
          </span>
        )}
      </a>
      <a className={classes.place} href={routeHash({ page: 'targets' })} aria-current={inTargets ? 'page' : undefined}>
        <IconServer size={22} stroke={1.6} aria-hidden />
        Targets
      </a>
      <a className={classes.place} href={routeHash({ page: 'fleets' })} aria-current={inFleets ? 'page' : undefined}>
        <IconStack2 size={22} stroke={1.6} aria-hidden />
        Fleets
      </a>
      <a className={classes.place} href={routeHash({ page: 'settings' })} aria-current={page === 'settings' ? 'page' : undefined}>
        <IconSettings size={22} stroke={1.6} aria-hidden />
        Settings
      </a>
      {version && <div className={classes.version}>{version}</div>}
    </>
  );
}
