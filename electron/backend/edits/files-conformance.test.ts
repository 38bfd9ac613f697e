/** A procedure that changes many files at once goes through every rule that holds for procedures. */
import { vi } from 'vitest';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const { filesTopic } = await import('./files-topic.test-kit.ts');
known.topics.push(filesTopic);
const { describeWays } = await import('../conformance/describe-topic.test-kit.ts');
describeWays(filesTopic.id);
