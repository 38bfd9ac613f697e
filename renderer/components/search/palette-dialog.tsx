/** Search over everything, opened by ⌘K or Ctrl+K: procedures, runs, targets, steps, pages, and what can be done. */
import { Modal, TextInput } from '@mantine/core';
import { IconArrowRight, IconBolt, IconBook2, IconHistory, IconListNumbers, IconSearch, IconServer } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { closePalette, leavePalette } from './palette.ts';
import type { PaletteRow, RowKind } from './palette-rows.ts';
import classes from './search.module.css';
import { usePaletteRows } from './use-palette-rows.ts';

const kinds: Record<RowKind, { Icon: typeof IconBook2; name: string }> = {
  procedure: { Icon: IconBook2, name: 'procedure' },
  run: { Icon: IconHistory, name: 'run' },
  target: { Icon: IconServer, name: 'target' },
  step: { Icon: IconListNumbers, name: 'step' },
  page: { Icon: IconArrowRight, name: 'page' },
  action: { Icon: IconBolt, name: 'action' },
};
const mostRows = 60;

/** The dialog's own focus comes a moment later, and what is typed in that moment would be lost. */
const focusAtOnce = (input: HTMLInputElement | null) => input?.focus();
const rowId = (at: number) => `palette-row-${at}`;

export function PaletteDialog() {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const rows = usePaletteRows(text).slice(0, mostRows);
  const at = Math.min(chosen, Math.max(0, rows.length - 1));
  useEffect(() => void document.getElementById(rowId(at))?.scrollIntoView({ block: 'nearest' }), [at]);
  const open = (row: PaletteRow | undefined) => {
    if (!row) return;
    closePalette();
    row.open();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = {
      ArrowDown: (at + 1) % rows.length,
      ArrowUp: (at - 1 + rows.length) % rows.length,
      PageDown: Math.min(at + 8, rows.length - 1),
      PageUp: Math.max(at - 8, 0),
    }[event.key];
    if (event.key === 'Enter') open(rows[at]);
    else if (to !== undefined && rows.length > 0) setChosen(to);
    else return;
    event.preventDefault();
  };
  return (
    <Modal.Root opened onClose={leavePalette} size={640} yOffset="10dvh" returnFocus={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <TextInput
          ref={focusAtOnce}
          data-autofocus
          role="combobox"
          aria-label="Search"
          aria-expanded
          aria-controls="palette-rows"
          aria-autocomplete="list"
          {...(rows.length > 0 && { 'aria-activedescendant': rowId(at) })}
          variant="unstyled"
          size="md"
          classNames={{ root: classes.field ?? '' }}
          leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
          placeholder="Say what is wrong, paste a log line, or name what you want to do"
          value={text}
          onKeyDown={onKey}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
          }}
        />
        <div id="palette-rows" role="listbox" aria-label="Results" tabIndex={0} onKeyDown={onKey} className={classes.rows}>
          {rows.map((row, index) => (
            <Row key={row.id} row={row} id={rowId(index)} chosen={index === at} onPoint={() => setChosen(index)} onOpen={() => open(row)} />
          ))}
        </div>
        {rows.length === 0 && <p className={classes.none}>Nothing found. Try the tool’s name, or the exact line of the error.</p>}
      </Modal.Content>
    </Modal.Root>
  );
}

interface RowProps {
  row: PaletteRow;
  id: string;
  chosen: boolean;
  onPoint(): void;
  onOpen(): void;
}

function Row({ row: { kind, label, detail }, id, chosen, onPoint, onOpen }: RowProps) {
  const { Icon, name } = kinds[kind];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, and says which row they are about
    <div id={id} role="option" tabIndex={-1} aria-selected={chosen} className={classes.row} onMouseMove={onPoint} onClick={onOpen}>
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.label}>
        <span>{label}</span>
        <span className={classes.detail}>{detail}</span>
      </span>
      <span className={classes.kind}>{name}</span>
    </div>
  );
}
