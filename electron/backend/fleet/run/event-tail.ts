/** Reads what is appended to the plugin's file, whole lines only. The file may not be there yet. */
import { closeSync, openSync, readSync } from 'node:fs';
import { type AnsibleEvent, parseAnsibleEvent } from '../record/ansible-event.ts';

const block = 1024 * 1024;

export class EventTail {
  private readonly file: string;
  private at = 0;
  private rest = Buffer.alloc(0);
  private skip: number;
  /** Lines that were no events. */
  unreadable = 0;

  /** `skip`: events that were taken before. */
  constructor(file: string, skip = 0) {
    this.file = file;
    this.skip = skip;
  }

  take(): AnsibleEvent[] {
    const events: AnsibleEvent[] = [];
    for (const line of this.lines()) {
      const event = parseAnsibleEvent(line);
      if (!event) this.unreadable++;
      else if (this.skip > 0) this.skip--;
      else events.push(event);
    }
    return events;
  }

  private lines(): string[] {
    let fd: number;
    try {
      fd = openSync(this.file, 'r');
    } catch {
      return [];
    }
    try {
      const parts = [this.rest];
      for (;;) {
        const buffer = Buffer.alloc(block);
        const count = readSync(fd, buffer, 0, block, this.at);
        if (count === 0) break;
        this.at += count;
        parts.push(buffer.subarray(0, count));
      }
      const text = Buffer.concat(parts);
      const end = text.lastIndexOf(10) + 1;
      this.rest = Buffer.from(text.subarray(end));
      return end === 0 ? [] : text.toString('utf8', 0, end - 1).split('\n');
    } finally {
      closeSync(fd);
    }
  }
}
