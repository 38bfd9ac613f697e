/** The frame around every page: header, the ways to the pages, and what is wrong with the window as a whole. */
import { AppShell } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRoute } from '../../stores/route.ts';
import { SearchEverything } from '../search/search-everything.tsx';
import { Banners } from './banners.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { LiveRegion } from './live-region.tsx';
import { Places } from './places.tsx';
import { RunBar } from './run-bar.tsx';
import classes from './shell.module.css';
import { SkipLink } from './skip-link.tsx';
import { TopBar } from './top-bar.tsx';
import { WatchBar } from './watch-bar.tsx';
import { WindowKeys } from './window-keys.tsx';

export function Shell({ children }: { children: ReactNode }) {
  // A run moves the focus from step to step itself.
  useKeptFocus(useRoute((state) => state.route.page === 'run'));
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 84, breakpoint: 0 }} padding={0} transitionDuration={0}>
      <SkipLink />
      <AppShell.Header className={classes.header}>
        <TopBar />
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail} aria-label="Pages">
        <Places />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <Banners />
        <RunBar />
        <WatchBar />
        <div className={classes.page}>{children}</div>
      </AppShell.Main>
      <SearchEverything />
      <WindowKeys />
      <LiveRegion />
    </AppShell>
  );
}
