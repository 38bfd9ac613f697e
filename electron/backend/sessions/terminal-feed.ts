/**
 * Between a session and the pages that show it: frames that are sent at once while a page keeps up and gathered while
 * it does not, a window of unacknowledged bytes that pauses the session, and the last bytes for pages that come later.
 * Offsets count bytes from the session's start. Memory: the backlog and one window for each page.
 */
import { ByteTail } from './byte-tail.ts';

export interface FeedLimits {
  /** Bytes sent and not acknowledged above which the session is paused, and below which it goes on. With the kernel's 12 KiB below 1 MB. */
  highWater: number;
  lowWater: number;
  frameBytes: number;
  gatherMs: number;
  backlogBytes: number;
  /** For so long after a key the two marks are this share of themselves, and frames this long: the echo comes after all that is running. */
  typingMs: number;
  typingShare: number;
  typingFrameBytes: number;
  /** A page that acknowledges nothing for this long is cut off, so that it can't hold up a run. */
  stallMs: number;
}
export const feedLimits: FeedLimits = {
  highWater: 896 * 1024,
  lowWater: 640 * 1024,
  frameBytes: 256 * 1024,
  gatherMs: 12,
  backlogBytes: 1024 * 1024,
  typingMs: 250,
  typingShare: 3 / 8,
  typingFrameBytes: 64 * 1024,
  stallMs: 10_000,
};

interface Viewer {
  emit(offset: number, bytes: Uint8Array): void;
  sent: number;
  acknowledged: number;
  gathered: Buffer[];
  gatheredBytes: number;
  timer: NodeJS.Timeout | null;
  progressAt: number;
}

export class TerminalFeed<Key extends object> {
  private readonly viewers = new Map<Key, Viewer>();
  private readonly limits: FeedLimits;
  private readonly onPressure: (paused: boolean) => void;
  private readonly backlog: ByteTail;
  private paused = false;
  private typedAt = Number.NEGATIVE_INFINITY;
  private stallTimer: NodeJS.Timeout | null = null;

  constructor(onPressure: (paused: boolean) => void, limits: FeedLimits = feedLimits) {
    this.onPressure = onPressure;
    this.limits = limits;
    this.backlog = new ByteTail(limits.backlogBytes);
  }

  push(bytes: Buffer): void {
    this.backlog.push(bytes);
    const frameBytes = this.typing ? this.limits.typingFrameBytes : this.limits.frameBytes;
    for (const viewer of this.viewers.values()) {
      // A page writes 64 KiB at a time: a frame a little above that would cost it two writes and two acknowledgements.
      if (viewer.gatheredBytes + bytes.length > frameBytes) this.sendGathered(viewer);
      viewer.gathered.push(bytes);
      viewer.gatheredBytes += bytes.length;
      const idle = viewer.sent === viewer.acknowledged && viewer.gathered.length === 1;
      if (idle || viewer.gatheredBytes >= frameBytes) this.sendGathered(viewer);
      else viewer.timer ??= setTimeout(() => this.sendGathered(viewer), this.limits.gatherMs);
    }
    this.updatePressure();
  }

  /** Sends what is gathered, as nothing more is coming for now. */
  flush(): void {
    for (const viewer of this.viewers.values()) this.sendGathered(viewer);
  }

  /** Somebody typed into the terminal. Where nothing is running the echo comes at once, whatever the key sets off. */
  typed(): void {
    if (this.unread === 0) return;
    this.typedAt = Date.now();
    this.updatePressure();
  }

  /** Adds a viewer; returns what its terminal shows first and the offset at which live bytes go on. */
  attach(key: Key, emit: Viewer['emit']): { bytes: Uint8Array; offset: number } {
    this.detach(key);
    const offset = this.backlog.total;
    this.viewers.set(key, { emit, sent: offset, acknowledged: offset, gathered: [], gatheredBytes: 0, timer: null, progressAt: Date.now() });
    return { bytes: new Uint8Array(this.backlog.last()), offset };
  }

  detach(key: Key): void {
    const viewer = this.viewers.get(key);
    if (viewer?.timer) clearTimeout(viewer.timer);
    this.viewers.delete(key);
    this.updatePressure();
  }

  /** False when the viewer is not attached (any more): it has to attach again. */
  acknowledge(key: Key, offset: number): boolean {
    const viewer = this.viewers.get(key);
    if (!viewer) return false;
    if (offset > viewer.acknowledged) {
      viewer.acknowledged = Math.min(offset, viewer.sent);
      viewer.progressAt = Date.now();
    }
    this.updatePressure();
    return true;
  }

  /** Forgets viewers and timers; the session is over. */
  close(): void {
    this.flush();
    this.viewers.clear();
    if (this.stallTimer) clearTimeout(this.stallTimer);
    this.stallTimer = null;
  }

  private sendGathered(viewer: Viewer): void {
    if (viewer.timer) clearTimeout(viewer.timer);
    viewer.timer = null;
    if (viewer.gatheredBytes === 0) return;
    const bytes = joined(viewer.gathered);
    viewer.gathered = [];
    viewer.gatheredBytes = 0;
    if (viewer.sent === viewer.acknowledged) viewer.progressAt = Date.now();
    const offset = viewer.sent;
    viewer.sent += bytes.length;
    viewer.emit(offset, bytes);
  }

  /** Bytes on their way to the page that is furthest behind, or in it and not shown. */
  get unread(): number {
    let most = 0;
    for (const viewer of this.viewers.values()) most = Math.max(most, viewer.sent + viewer.gatheredBytes - viewer.acknowledged);
    return most;
  }

  private get typing(): boolean {
    return Date.now() - this.typedAt < this.limits.typingMs;
  }

  private updatePressure(): void {
    const { unread } = this;
    const share = this.typing ? this.limits.typingShare : 1;
    const paused = unread > share * (this.paused ? this.limits.lowWater : this.limits.highWater);
    if (paused === this.paused) return;
    this.paused = paused;
    if (this.stallTimer) clearTimeout(this.stallTimer);
    this.stallTimer = paused ? setTimeout(() => this.cutOffStalled(), this.limits.stallMs) : null;
    this.onPressure(paused);
    // Nothing more is coming for now, and what is gathered may be the echo.
    if (paused) this.flush();
  }

  private cutOffStalled(): void {
    this.stallTimer = null;
    const now = Date.now();
    for (const [key, viewer] of this.viewers) {
      if (viewer.sent > viewer.acknowledged && now - viewer.progressAt >= this.limits.stallMs) this.detach(key);
    }
    if (this.paused) this.stallTimer = setTimeout(() => this.cutOffStalled(), this.limits.stallMs);
  }
}

/** One buffer of all; where they lie behind one another in memory, as in a flood, without a copy. */
function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  if (!first) return Buffer.alloc(0);
  let end = first.byteOffset;
  for (const piece of pieces) {
    if (piece.buffer !== first.buffer || piece.byteOffset !== end) return Buffer.concat(pieces);
    end += piece.length;
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset);
}
