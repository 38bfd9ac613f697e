/** A procedure that edits files goes through every rule that holds for procedures, as they all do. */
import { vi } from 'vitest';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const { editTopic } = await import('./edit-topic.test-kit.ts');
known.topics.push(editTopic);
const { describeWays } = await import('../conformance/describe-topic.test-kit.ts');
describeWays(editTopic.id);
