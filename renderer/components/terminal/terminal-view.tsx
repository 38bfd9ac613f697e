/** The live terminal of a run or a trial: the pane, its tools, and the questions it asks before pasting lines or opening a link. */
import { Button, useComputedColorScheme } from '@mantine/core';
import '@xterm/xterm/css/xterm.css';
import { useCallback, useEffect, useRef, useState } from 'react';
import { announce } from '../../stores/announce.ts';
import { useConnection } from '../../stores/connection.ts';
import { errorText } from '../../stores/report-error.ts';
import type { ConnectTerminal } from '../../stores/run-terminal-source.ts';
import { useSettings } from '../../stores/settings.ts';
import { showVerdict, useVerdictJumps } from '../../stores/verdict-jumps.ts';
import { copyText } from '../copy-text.ts';
import type { LineMark } from './line-marks.ts';
import { TerminalBar } from './terminal-bar.tsx';
import { TerminalLog } from './terminal-log.tsx';
import { TerminalPane } from './terminal-pane.ts';
import { LinkQuestion, PasteQuestion, type PendingPaste } from './terminal-questions.tsx';
import classes from './terminal-view.module.css';

interface TerminalViewProps {
  /** Of the run or trial whose terminal it is. */
  id: string;
  /** The same one as long as the view stands. */
  connect: ConnectTerminal;
  sessionOpen: boolean;
  /** Something runs there that may read keys. Between commands they go nowhere, which is said. */
  takesKeys?: boolean;
  marks: readonly LineMark[];
  /** Only its bar is there. */
  folded?: boolean;
  onFold?(folded: boolean): void;
  /** F6 in the terminal. */
  onLeave(): void;
}

const nobodyReads = 'Not sent: no command is running that could read it. F6 leads back to the step.';

export function TerminalView({ id, connect, sessionOpen, takesKeys = true, marks, folded = false, onFold, onLeave }: TerminalViewProps) {
  const scheme = useComputedColorScheme('light');
  const { terminalFontSize: fontSize, terminalFont: font, screenReader } = useSettings();
  const { epoch, connected } = useConnection();
  const mount = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  const [pane, setPane] = useState<TerminalPane | null>(null);
  const [trouble, setTrouble] = useState('');
  const [finding, setFinding] = useState(false);
  const [paste, setPaste] = useState<PendingPaste | null>(null);
  const [link, setLink] = useState('');
  const [empty, setEmpty] = useState(true);
  const [unheard, setUnheard] = useState(false);
  const typed = useRef<() => void>(() => undefined);
  typed.current = () => {
    if (takesKeys) return;
    setUnheard(true);
    announce(nobodyReads);
  };

  const attach = useCallback(async (to: TerminalPane) => {
    try {
      await to.attach();
      setTrouble('');
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours and size are set on the living pane below
  useEffect(() => {
    if (!mount.current) return;
    const made: TerminalPane = new TerminalPane(
      connect(id, () => void attach(made)),
      {
        scheme,
        fontSize,
        font,
        screenReader,
        onLink: setLink,
        confirmPaste: (pasted) => new Promise((resolve) => setPaste({ ...pasted, resolve })),
        onLeave: () => leave.current(),
        onFind: () => setFinding(true),
        onMark: showVerdict,
        onTyped: () => typed.current(),
        onOutput: () => setEmpty(false),
        onCopy: (text) => void copyText(text),
      },
    );
    made.open(mount.current);
    setPane(made);
    return () => {
      made.dispose();
      setPane(null);
    };
  }, [id]);

  // A new session begins with an empty terminal, and a new connection knows of no terminal at all.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the session and the connection are what calls for attaching again
  useEffect(() => {
    if (pane && connected) void attach(pane);
  }, [pane, sessionOpen, epoch, connected, attach]);

  useEffect(() => pane?.setScheme(scheme), [pane, scheme]);
  useEffect(() => pane?.setFontSize(fontSize), [pane, fontSize]);
  useEffect(() => pane?.setFont(font), [pane, font]);
  useEffect(() => pane?.setScreenReader(screenReader), [pane, screenReader]);
  useEffect(() => pane?.mark(marks), [pane, marks]);
  useEffect(() => {
    if (takesKeys) setUnheard(false);
  }, [takesKeys]);
  const jump = useVerdictJumps((state) => state.line);
  const fold = useRef(onFold);
  fold.current = onFold;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish to go there
  useEffect(() => {
    if (!jump || !pane || !marks.some((mark) => mark.id === jump.key)) return;
    fold.current?.(false);
    if (!pane.reveal(jump.key)) announce('That line is no longer in the terminal.');
  }, [jump]);

  return (
    <section className={folded ? `${classes.frame} ${classes.shut}` : classes.frame} aria-label="Terminal">
      <TerminalBar
        pane={pane}
        finding={finding}
        onFinding={setFinding}
        hint={unheard ? nobodyReads : sessionOpen ? 'F6 goes in and out · Ctrl+Shift+F finds' : 'No session is open · F6 goes in and out'}
        folded={folded}
        onFold={onFold}
      />
      <div className={classes.screen}>
        <div ref={mount} className={classes.mount} />
        {empty && !trouble && (
          <p className={classes.empty}>
            {sessionOpen ? 'Nothing was printed yet.' : 'The session opens with the first command. What it prints is shown here.'}
          </p>
        )}
        {trouble && (
          <div className={classes.note}>
            <span>{trouble}</span>
            {pane && (
              <Button size="compact-sm" variant="default" onClick={() => void attach(pane)}>
                Show the terminal again
              </Button>
            )}
          </div>
        )}
      </div>
      <TerminalLog pane={pane} />
      <PasteQuestion paste={paste} onClose={() => setPaste(null)} />
      <LinkQuestion url={link} onClose={() => setLink('')} />
    </section>
  );
}
