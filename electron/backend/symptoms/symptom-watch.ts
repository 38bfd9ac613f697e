/** A log that is followed: what it is about is said once for each procedure, when it first appears. */
import { scanForTopics } from '../topics/topic-registry.ts';
import type { FoundTopic } from './found-symptoms.ts';

export class SymptomWatch {
  private readonly scan = scanForTopics();
  private readonly told = new Set<string>();

  /** What appeared with these bytes for the first time. Keeps the bytes of an unfinished line. */
  push(bytes: Buffer): FoundTopic[] {
    this.scan.push(bytes);
    const fresh = this.scan.soFar.filter(({ topicId }) => !this.told.has(topicId));
    for (const { topicId } of fresh) this.told.add(topicId);
    return fresh;
  }
}
