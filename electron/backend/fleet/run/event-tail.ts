/** Reads what is appended to the plugin's file, whole lines only. The file may not be there yet. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type AnsibleEvent, parseAnsibleEvent } from '../record/ansible-event.ts';

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
      const more = Buffer.allocUnsafe(Math.max(0, fstatSync(fd).size - this.at));
      const count = more.length === 0 ? 0 : readSync(fd, more, 0, more.length, this.at);
      if (count === 0) return [];
      this.at += count;
      const text = Buffer.concat([this.rest, more.subarray(0, count)]);
      const end = text.lastIndexOf(10) + 1;
      this.rest = Buffer.from(text.subarray(end));
      return end === 0 ? [] : text.toString('utf8', 0, end - 1).split('\n');
    } finally {
      closeSync(fd);
    }
  }
}
