import { Kbd, UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { IconSearch, IconTool } from '@tabler/icons-react';
import { openSearch } from '../search/search-everything.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';
import { TargetBadge } from './target-badge.tsx';

export function TopBar() {
  const keys = useOs() === 'macos' ? '⌘K' : 'Ctrl+K';
  return (
    <>
      <div className={classes.product}>
        <IconTool size={20} aria-hidden />
        Wrenchbook
      </div>
      <UnstyledButton className={classes.search ?? ''} onClick={openSearch} aria-label={`Search or paste an error, ${keys}`} aria-haspopup="dialog">
        <IconSearch size={15} aria-hidden />
        <span className={classes.searchText}>Search, or paste an error</span>
        <Kbd size="xs">{keys}</Kbd>
      </UnstyledButton>
      <div className={classes.right}>
        <TargetBadge />
        <SchemeSwitch />
      </div>
    </>
  );
}
