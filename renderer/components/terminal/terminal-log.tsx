import { VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSettings } from '../../stores/settings.ts';
import type { TerminalPane } from './terminal-pane.ts';

interface LogLine {
  id: number;
  text: string;
}
const mostKept = 100;
let lastId = 0;

/** The terminal's new lines as a log: read out as they come, and there to be read again. */
export function TerminalLog({ pane }: { pane: TerminalPane | null }) {
  // In its mode for screen readers the terminal reads out its lines itself: twice would be once too often.
  const readsItself = useSettings((state) => state.screenReader);
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  useEffect(() => {
    setLines([]);
    return pane?.onLines(({ lines: told, skipped }) => {
      const texts = skipped > 0 ? [`${skipped} lines were left out.`, ...told] : told;
      setLines((before) => [...before, ...texts.map((text) => ({ id: ++lastId, text }))].slice(-mostKept));
    });
  }, [pane]);
  return (
    <VisuallyHidden role="log" aria-label="New lines of the terminal" aria-live={readsItself ? 'off' : 'polite'}>
      {lines.map(({ id, text }) => (
        <div key={id}>{text}</div>
      ))}
    </VisuallyHidden>
  );
}
