/** A procedure made of the kit's steps goes through every rule that holds for procedures, as they all do. */
import { vi } from 'vitest';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const { buildersTopic } = await import('./builders-topic.test-kit.ts');
known.topics.push(buildersTopic);
const { describeWays } = await import('./describe-topic.test-kit.ts');
describeWays(buildersTopic.id);
