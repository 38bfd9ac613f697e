/** `wrenchbook check`: what its status says, and that nothing is said to be known that is not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbeVerdict } from '../../shared/api/probe.ts';
import type { TrialState } from '../../shared/api/target.ts';
import { Rehearsal } from '../backend/conformance/rehearsal.test-kit.ts';
import { checkTopic } from './check-command.ts';
import type { Surroundings } from './commands.ts';

const followed = vi.hoisted(() => ({ state: null as TrialState | null }));
vi.mock('./follow-trial.ts', () => ({
  followTrial: async (_: unknown, begin: () => Promise<TrialState>) => {
    const begun = followed.state ? null : await begin();
    return followed.state ?? begun;
  },
}));

describe('wrenchbook check', () => {
  let runs: Rehearsal;
  beforeEach(() => {
    runs = new Rehearsal();
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    followed.state = null;
    vi.restoreAllMocks();
    await runs.end();
  });
  const check = (topic: string, target: string) =>
    checkTopic({ client: runs.client, signal: new AbortController().signal } as unknown as Surroundings, topic, { target: [target] });

  it.each([
    ['affected', 0],
    ['not-affected', 4],
    ['already-fixed', 4],
    ['unknown', 3],
  ] as const)('ends a look that says %s with %i', async (verdict: ProbeVerdict, status: number) => {
    followed.state = {
      status: 'done',
      stages: [],
      probe: { verdict, because: 'So it was seen.', next: 'Go on.', findings: [], proposes: [] },
    } as unknown as TrialState;
    expect(await check('perc-h200-crossflash', 'lab')).toBe(status);
  });

  it.each([
    ['a procedure that has no look', 'lion-server-usb', 'lab'],
    ['a machine that is worked on by hand', 'win11-critical-process-died', 'hand'],
  ])('ends with 3 where nothing can be looked at: %s', async (_, topic, target) => {
    expect(await check(topic, target)).toBe(3);
    expect(vi.mocked(process.stderr.write).mock.calls.flat().join('')).toContain('Could not check whether it applies.');
  });
});
