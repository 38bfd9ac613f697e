import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core';
import { IconCopy, IconEar, IconSearch, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useState } from 'react';
import { announce } from '../../stores/announce.ts';
import { changeSettings, useSettings, zoomTerminal } from '../../stores/settings.ts';
import { copyRich } from '../copy-text.ts';
import type { TerminalPane } from './terminal-pane.ts';
import classes from './terminal-view.module.css';

interface TerminalBarProps {
  pane: TerminalPane | null;
  finding: boolean;
  onFinding(finding: boolean): void;
  hint: string;
  folded: boolean;
  onFold?: ((folded: boolean) => void) | undefined;
}

export function TerminalBar({ pane, finding, onFinding, hint, folded, onFold }: TerminalBarProps) {
  const screenReader = useSettings((state) => state.screenReader);
  const copyAll = async () => {
    if (pane) announce((await copyRich(pane.contents())) ? 'Copied.' : 'The clipboard could not be reached.');
  };
  return (
    <div className={classes.bar}>
      <h2>Terminal</h2>
      <span className={classes.hint}>{hint}</span>
      {onFold && (
        <Button size="compact-xs" variant="subtle" aria-expanded={!folded} onClick={() => onFold(!folded)}>
          {folded ? 'Show the terminal' : 'Fold'}
        </Button>
      )}
      {finding ? (
        <FindField pane={pane} onClose={() => onFinding(false)} />
      ) : (
        <ActionIcon variant="subtle" size="sm" aria-label="Find in the terminal" onClick={() => onFinding(true)}>
          <IconSearch size={15} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon variant="subtle" size="sm" aria-label="Copy all the terminal shows" disabled={!pane} onClick={() => void copyAll()}>
        <IconCopy size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" size="sm" aria-label="Smaller terminal text" onClick={() => void zoomTerminal(-1)}>
        <IconZoomOut size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" size="sm" aria-label="Larger terminal text" onClick={() => void zoomTerminal(1)}>
        <IconZoomIn size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant={screenReader ? 'light' : 'subtle'}
        size="sm"
        aria-label="Terminal text for screen readers"
        title="Terminal text for screen readers"
        aria-pressed={screenReader}
        onClick={() => void changeSettings({ screenReader: !screenReader })}
      >
        <IconEar size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}

/** Enter finds the one before, because the newest output is at the bottom; Shift+Enter the one after. */
function FindField({ pane, onClose }: { pane: TerminalPane | null; onClose: () => void }) {
  const [text, setText] = useState('');
  const close = () => {
    onClose();
    pane?.focus();
  };
  return (
    <>
      <TextInput
        className={classes.find ?? ''}
        size="xs"
        aria-label="Find in the terminal"
        placeholder="Enter: up, Shift+Enter: down"
        value={text}
        data-autofocus
        ref={(input) => input?.focus()}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
          if (event.key === 'Enter' && text && !pane?.find(text, event.shiftKey ? 'next' : 'previous')) announce(`“${text}” is not in the terminal.`);
        }}
      />
      <CloseButton size="sm" aria-label="Close search" onClick={close} />
    </>
  );
}
