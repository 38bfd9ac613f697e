/** A procedure about two machines goes through every rule that holds for procedures, with both of them and without the second. */
import { vi } from 'vitest';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const { twoMachineTopic } = await import('../runs/two-machines.test-kit.ts');
known.topics.push(twoMachineTopic);
const { describeWays } = await import('./describe-topic.test-kit.ts');
describeWays(twoMachineTopic.id);
