/** Times one key from its press to the end of the animation frame that drew the echo. */
import type { TerminalPane } from '../../../renderer/components/terminal/terminal-pane.ts';
import type { TerminalSource } from '../../../renderer/components/terminal/terminal-source.ts';

/** Not in any load: where it comes by, it is the echo. */
const key = '~';

export class EchoWatch {
  private received = 0;
  private pressedAt: number | null = null;
  private echoEnd: number | null = null;
  private done: ((ms: number) => void) | null = null;

  /** The same source, with a look at what comes by. */
  tap(source: TerminalSource): TerminalSource {
    return {
      ...source,
      onData: (listener) =>
        source.onData((frame) => {
          const at = this.pressedAt === null || this.echoEnd !== null ? -1 : frame.bytes.indexOf(key.charCodeAt(0));
          if (at >= 0) this.echoEnd = frame.offset + at + 1;
          this.received = frame.offset + frame.bytes.length;
          listener(frame);
        }),
    };
  }

  observe(pane: TerminalPane): void {
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === key && this.done) this.pressedAt = event.timeStamp;
      },
      true,
    );
    pane.terminal.onRender(() => {
      if (this.echoEnd === null || this.received - pane.unparsed < this.echoEnd) return;
      const { pressedAt, done } = this;
      this.pressedAt = null;
      this.echoEnd = null;
      this.done = null;
      // A message posted in an animation frame arrives after that frame was painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done?.(performance.now() - (pressedAt ?? Number.NaN));
      port2.postMessage(null);
    });
  }

  next(): Promise<number> {
    return new Promise((resolve) => {
      this.done = resolve;
    });
  }
}
