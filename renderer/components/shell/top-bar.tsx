import { Kbd, UnstyledButton } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { IconCommand, IconSearch, IconTool } from '@tabler/icons-react';
import { useRoute } from '../../stores/route.ts';
import { openPalette } from '../search/palette.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';
import { TargetBadge } from './target-badge.tsx';

export function TopBar() {
  // The catalogue has its own field for what is wrong: one of them is enough.
  const onCatalogue = useRoute(({ route }) => route.page === 'catalogue');
  const keys = useOs() === 'macos' ? '⌘K' : 'Ctrl+K';
  return (
    <>
      <div className={classes.product}>
        <IconTool size={20} aria-hidden />
        Wrenchbook
      </div>
      <UnstyledButton
        className={classes.search ?? ''}
        data-small={onCatalogue || undefined}
        onClick={openPalette}
        aria-label={onCatalogue ? `Go to anything, ${keys}` : `Search or paste an error, ${keys}`}
        aria-haspopup="dialog"
      >
        {onCatalogue ? <IconCommand size={15} aria-hidden /> : <IconSearch size={15} aria-hidden />}
        <span className={classes.searchText}>{onCatalogue ? 'Go to …' : 'Search, or paste an error'}</span>
        <Kbd size="xs">{keys}</Kbd>
      </UnstyledButton>
      <div className={classes.right}>
        <TargetBadge />
        <SchemeSwitch />
      </div>
    </>
  );
}
