/** Times of a real run over real ssh, beside those of the ssh client alone; one after the other in each round. */
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { sh } from '../../../shared/topic-kit/index.ts';
import { openRun } from './bench-run.ts';

/** Milliseconds. `command`: a new ssh each; `first`: the way to the target, its facts, and the first step; `step`: each one after it. */
export interface ConnectTimes {
  command: number[];
  first: number[];
  step: number[];
}

export async function connectTimes(sshConfig: string, rounds: number, steps: number): Promise<ConnectTimes> {
  const times: ConnectTimes = { command: [], first: [], step: [] };
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    const { status, stderr } = spawnSync('ssh', ['-F', sshConfig, 'machine', 'true']);
    times.command.push(performance.now() - before);
    if (status !== 0) throw new Error(`ssh ended with status ${status}: ${stderr}`);
    const run = openRun(
      Array.from({ length: steps + 1 }, () => sh`true`),
      { kind: 'ssh', host: 'machine' },
      sshConfig,
    );
    for (let step = 0; step <= steps; step++) {
      const from = performance.now();
      const said = await run.advance(step);
      (step === 0 ? times.first : times.step).push(performance.now() - from);
      if (said !== 'done') throw new Error(`step ${step} is ${said}`);
    }
    await run.end();
  }
  return times;
}
