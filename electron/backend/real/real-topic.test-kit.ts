/**
 * A topic for real: looked at, run and taken back over ssh on a throw-away machine, by the engine that an admin's click reaches.
 * The machine's wren has to be able to sudo without a password (`passwordlessSudo`).
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ProbeResult } from '../../../shared/api/probe.ts';
import type { Offer, RunState } from '../../../shared/api/run.ts';
import type { OtherMachines, ParameterValues } from '../../../shared/api/topic.ts';
import { offerOf, Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { recordSeen } from '../conformance/seen.test-kit.ts';

/** A line for the machine's set-up. */
export const passwordlessSudo =
  "printf 'wren ALL=(ALL) NOPASSWD: ALL\\n' >/etc/sudoers.d/wren; chmod 440 /etc/sudoers.d/wren; printf '@includedir /etc/sudoers.d\\n' >>/etc/sudoers";

/** Its ssh configuration calls it `machine`. */
interface Machine {
  readonly configFile: string;
  /** Missing: sudo. */
  readonly wayToRoot?: 'su';
}

export class RealTopic {
  readonly runs: Rehearsal;
  private readonly target: { kind: 'ssh'; host: string; root?: 'su' };
  private readonly topicId: string;
  private readonly parameters: ParameterValues;
  private readonly machines: OtherMachines | undefined;

  /** `machines`: those besides the first, of a topic with several. */
  constructor(machine: Machine, topicId: string, parameters: ParameterValues, machines?: OtherMachines) {
    this.runs = new Rehearsal(mkdtempSync(path.join(tmpdir(), 'wb-real-')), machine.configFile);
    this.target = { kind: 'ssh', host: 'machine', ...(machine.wayToRoot && { root: machine.wayToRoot }) };
    this.topicId = topicId;
    this.parameters = parameters;
    this.machines = machines;
  }

  /** What its probe says of the machine as it stands. */
  async look(): Promise<ProbeResult> {
    const { api } = this.runs;
    const { trialId } = await api.probes.start({ topicId: this.topicId, target: this.target, machines: this.machines, parameters: this.parameters });
    for (;;) {
      const { status, probe, stages } = await api.trials.get({ trialId });
      if (probe && status === 'ok') return probe;
      if (status !== 'running') throw new Error(`The look ended: ${JSON.stringify(stages)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /**
   * Runs it to its end, or to where it does not go on. Steps named in `without` are left out: the negative control. `before` is
   * called in front of each step, for what has to happen meanwhile.
   */
  async run({ without = [], before }: { without?: readonly string[]; before?: (stepId: string) => void } = {}): Promise<RunState> {
    let state = await this.runs.startOn(this.target, this.topicId, this.parameters, this.machines);
    while (state.status === 'waiting' && state.current !== null && !state.trouble) {
      const { current, runId } = state;
      before?.(current);
      state = without.includes(current)
        ? await this.runs.after(runId, this.runs.api.runs.skip({ runId, stepId: current, reason: 'Left out by a test.' }))
        : await this.take(state, offerOf(state, 'advance'));
    }
    if (state.status === 'done') recordSeen(this.topicId, state);
    return state;
  }

  take(state: RunState, offer: Offer): Promise<RunState> {
    return this.runs.take(state, offer);
  }
  undo(state: RunState): Promise<RunState> {
    return this.take(state, offerOf(state, 'undo'));
  }

  end(): Promise<void> {
    return this.runs.end();
  }
}

/** Why a run is not where it should be, for a message. */
export const troublesOf = ({ says, steps, trouble }: RunState): string =>
  JSON.stringify(
    { says, trouble, steps: steps.map(({ id, status, verdicts }) => ({ id, status, verdicts: verdicts.filter(({ kind }) => kind !== 'expected') })) },
    null,
    1,
  );
