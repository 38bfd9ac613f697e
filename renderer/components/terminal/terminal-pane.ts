/** A terminal on the page, connected to a source with flow control. No React here: the benchmark uses it as it is. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { SerializeAddon } from '@xterm/addon-serialize';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { drawingInterval, FloodMeter } from './flood-meter.ts';
import { FlowLedger } from './flow-ledger.ts';
import { drawWithGraphics } from './graphics.ts';
import { pieces, refuseHostileSequences } from './hostile-output.ts';
import { type LineMark, LineMarks } from './line-marks.ts';
import { NewLines, type ToldLines } from './new-lines.ts';
import { type PastedText, pastedText } from './pasted-text.ts';
import { paceDrawing } from './render-pacing.ts';
import { terminalKeys } from './terminal-keys.ts';
import { clampSize, defaultFontSize, terminalFont, terminalTheme } from './terminal-look.ts';
import type { TerminalFrame, TerminalSource } from './terminal-source.ts';
import { WriteQueue } from './write-queue.ts';

export interface TerminalPaneOptions {
  scheme: 'light' | 'dark';
  fontSize?: number;
  /** Empty: the usual one. */
  font?: string;
  screenReader?: boolean;
  /** A link was activated; nothing is opened here. */
  onLink?(url: string): void;
  /** Several lines, or text with control characters, are about to be pasted; resolves whether they may. */
  confirmPaste?(pasted: PastedText): Promise<boolean>;
  /** F6: the keyboard leaves the terminal. */
  onLeave?(): void;
  onFind?(): void;
  onCopy?(text: string): void;
  onSize?(cols: number, rows: number): void;
  /** The note of a marked line was pressed. */
  onMark?(id: string): void;
  /** Somebody typed. */
  onTyped?(): void;
  /** Something is shown, for the first time since it was attached. */
  onOutput?(): void;
}

export class TerminalPane {
  readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly search = new SearchAddon();
  private readonly serialize = new SerializeAddon();
  private readonly queue = new WriteQueue();
  private readonly meter = new FloodMeter();
  private readonly ledger: FlowLedger;
  private readonly marks: LineMarks;
  private readonly newLines: NewLines;
  private readonly lineListeners = new Set<(told: ToldLines) => void>();
  private readonly cleanups: (() => void)[] = [];
  private readonly source: TerminalSource;
  private readonly options: TerminalPaneOptions;
  private attaching: TerminalFrame[] | null = null;
  private attachment = 0;
  private writing = false;
  /** While old output is shown again, questions in it must not be answered again. */
  private replaying = false;
  private markTimer: ReturnType<typeof setTimeout> | undefined;
  private lastKey = Number.NEGATIVE_INFINITY;
  private container: HTMLElement | null = null;

  constructor(source: TerminalSource, options: TerminalPaneOptions) {
    this.source = source;
    this.options = options;
    this.ledger = new FlowLedger((offset) => source.acknowledge(offset));
    const openLink = (_event: MouseEvent, url: string) => options.onLink?.(url);
    this.terminal = new Terminal({
      allowProposedApi: true, // wanted by the grapheme and decoration interfaces
      fontFamily: terminalFont(options.font ?? ''),
      screenReaderMode: options.screenReader ?? false,
      fontSize: options.fontSize ?? defaultFontSize,
      scrollback: 10_000,
      overviewRuler: { width: 12 },
      cursorBlink: false,
      minimumContrastRatio: 4.5,
      macOptionIsMeta: true,
      // A narrow window must not cut off the line that asks.
      reflowCursorLine: true,
      theme: terminalTheme(options.scheme),
      linkHandler: { activate: openLink },
    });
    this.marks = new LineMarks(this.terminal, (id) => options.onMark?.(id));
    this.newLines = new NewLines(this.terminal, (told) => {
      for (const listener of this.lineListeners) listener(told);
    });
    this.terminal.loadAddon(this.fit);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(this.serialize);
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    this.terminal.loadAddon(new WebLinksAddon(openLink));
    refuseHostileSequences(this.terminal);
    this.terminal.attachCustomKeyEventHandler(terminalKeys(this.terminal, options));
    this.terminal.onData((data) => this.send(data));
    this.terminal.onKey(() => {
      this.lastKey = performance.now();
      options.onTyped?.();
    });
  }

  /** Puts the terminal into an element and keeps it as large as that. */
  open(container: HTMLElement): void {
    this.container = container;
    this.terminal.open(container);
    drawWithGraphics(this.terminal);
    paceDrawing(this.terminal, () => drawingInterval(this.meter.isFlooded(performance.now()), performance.now() - this.lastKey));
    this.watchSize(container);
    const paste = (event: ClipboardEvent) => this.guardPaste(event);
    container.addEventListener('paste', paste, { capture: true });
    this.cleanups.push(
      () => container.removeEventListener('paste', paste, { capture: true }),
      this.source.onData((frame) => this.receive(frame)),
    );
  }

  /** Shows what the source has and everything after it. Rejects where the source does. Also for a new session or connection. */
  async attach(): Promise<void> {
    this.attachment += 1;
    const attachment = this.attachment;
    this.attaching = [];
    const first = await this.source.attach();
    if (attachment !== this.attachment) return;
    const meanwhile = this.attaching ?? [];
    this.attaching = null;
    this.queue.clear();
    this.marks.clear();
    this.ledger.restart(first.offset);
    if (first.bytes.length > 0) this.options.onOutput?.();
    this.writing = true;
    this.replaying = true;
    this.newLines.rest();
    // Reset by a sequence and not by a call: what the last session left in the parser's queue comes before it.
    this.terminal.write('\x1bc');
    this.terminal.write(first.bytes, () => {
      if (attachment !== this.attachment) return;
      this.writing = false;
      this.replaying = false;
      this.newLines.start();
      this.lookForMarks();
      this.pump();
    });
    for (const frame of meanwhile) this.receive(frame);
    this.fitNow();
    this.source.resize(this.terminal.cols, this.terminal.rows);
  }

  /** What the terminal shows with its scrollback: as plain text, and as HTML with its colours. */
  contents(): { text: string; html: string } {
    const buffer = this.terminal.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '');
    return { text: `${lines.join('\n').trimEnd()}\n`, html: this.serialize.serializeAsHTML({ includeGlobalBackground: true }) };
  }

  find(text: string, direction: 'next' | 'previous'): boolean {
    return direction === 'next' ? this.search.findNext(text) : this.search.findPrevious(text);
  }

  mark(marks: readonly LineMark[]): void {
    this.marks.want(marks);
    this.lookForMarks();
  }

  /** Scrolls to a marked line; false where it is not there. */
  reveal(id: string): boolean {
    const line = this.marks.lineOf(id);
    if (line === null) return false;
    this.terminal.scrollToLine(Math.max(0, line - Math.floor(this.terminal.rows / 2)));
    this.terminal.selectLines(line, line);
    return true;
  }

  private lookForMarks(): void {
    clearTimeout(this.markTimer);
    this.markTimer = setTimeout(() => {
      if (this.marks.look()) this.lookForMarks();
    }, 150);
  }

  setScheme(scheme: 'light' | 'dark'): void {
    this.terminal.options.theme = terminalTheme(scheme);
  }

  setFontSize(size: number): void {
    this.terminal.options.fontSize = size;
    this.fitNow();
  }

  setFont(own: string): void {
    this.terminal.options.fontFamily = terminalFont(own);
    this.fitNow();
  }

  setScreenReader(on: boolean): void {
    this.terminal.options.screenReaderMode = on;
  }

  /** Told of the lines that were finished, a moment later. Returns the function that ends it. */
  onLines(listener: (told: ToldLines) => void): () => void {
    this.lineListeners.add(listener);
    return () => void this.lineListeners.delete(listener);
  }

  /** Bytes that arrived and were not parsed yet. */
  get unparsed(): number {
    return this.ledger.unparsed;
  }

  focus(): void {
    this.terminal.focus();
  }

  dispose(): void {
    this.attachment += 1;
    clearTimeout(this.markTimer);
    this.newLines.dispose();
    for (const cleanup of this.cleanups) cleanup();
    this.terminal.dispose();
  }

  private receive(frame: TerminalFrame): void {
    if (this.attaching) {
      this.attaching.push(frame);
      return;
    }
    const fresh = this.ledger.take(frame);
    if (fresh.length > 0) this.options.onOutput?.();
    this.meter.note(fresh.length, performance.now());
    this.queue.push(fresh);
    this.pump();
  }

  /** One write at a time: what waits here can be joined, what waits inside xterm.js can not. */
  private pump(): void {
    if (this.writing) return;
    const bytes = this.queue.next();
    if (!bytes) return;
    this.writing = true;
    const attachment = this.attachment;
    this.terminal.write(bytes, () => {
      if (attachment !== this.attachment) return;
      this.writing = false;
      this.ledger.note(bytes.length);
      this.pump();
    });
  }

  private send(data: string): void {
    if (this.replaying) return;
    for (const piece of pieces(data)) this.source.write(piece);
  }

  private guardPaste(event: ClipboardEvent): void {
    const pasted = pastedText(event.clipboardData?.getData('text/plain') ?? '');
    if (!pasted.asks) return;
    event.preventDefault();
    event.stopPropagation();
    // Where nobody can be asked, nothing of the kind is pasted.
    void (this.options.confirmPaste?.(pasted) ?? Promise.resolve(false)).then((allowed) => {
      if (allowed) this.terminal.paste(pasted.text);
      this.terminal.focus();
    });
  }

  private watchSize(container: HTMLElement): void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.fitNow(), 80);
    });
    observer.observe(container);
    const told = this.terminal.onResize(({ cols, rows }) => {
      this.source.resize(cols, rows);
      this.options.onSize?.(cols, rows);
    });
    this.cleanups.push(() => {
      clearTimeout(timer);
      observer.disconnect();
      told.dispose();
    });
    this.fitNow();
  }

  private fitNow(): void {
    if (!this.container || this.container.clientHeight < 20 || this.container.clientWidth < 40) return;
    const proposed = this.fit.proposeDimensions();
    if (!proposed || !Number.isFinite(proposed.cols) || !Number.isFinite(proposed.rows)) return;
    const { cols, rows } = clampSize(proposed.cols, proposed.rows);
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
  }
}
