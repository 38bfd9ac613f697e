/** How long a check-up takes on a machine over ssh: the probes of all procedures, each as often as it takes to be so many. */
import path from 'node:path';
import { DoctorLook, type DoctorTopic } from '../../../electron/backend/doctor/doctor-look.ts';
import { type ProbeLook, probeLook } from '../../../electron/backend/probes/probe-look.ts';
import { workstationShell } from '../../../electron/backend/sessions/workstation-shell.ts';
import { targetRendering } from '../../../electron/backend/targets/run-target.ts';
import { localSession } from '../../../electron/backend/targets/trial/local-session.ts';
import { Trial } from '../../../electron/backend/targets/trial/trial.ts';
import { procedures } from '../../../electron/backend/topics/topic-registry.ts';
import type { DoctorTimes } from './host-calls.ts';

export async function doctorTimes(sshConfig: string, probes: number, hanging: number, rounds: number): Promise<DoctorTimes> {
  await workstationShell.look();
  const times: DoctorTimes = { whole: [], probes: [], script: 0, answered: 0 };
  const topics = manyTopics(probes, hanging);
  for (let round = 0; round < rounds; round++) {
    const doctor = new DoctorLook(topics, false);
    const look = doctor.look;
    const begun = performance.now();
    let factsAt = begun;
    const trial = new Trial({
      trialId: 'bench',
      target: { id: 'bench', name: 'machine', connection: { kind: 'ssh', host: 'machine' }, root: 'none', group: '', tags: [], note: '' },
      look,
      sshConfig,
      session: (size) => localSession(path.resolve('assets'), size),
      onChange: () => undefined,
      onFacts: () => {
        factsAt = performance.now();
      },
    });
    await trial.run();
    const ended = performance.now();
    if (trial.state.status !== 'ok') throw new Error(`the check-up ended as ${trial.state.status}: ${JSON.stringify(trial.state.stages)}`);
    times.whole.push(ended - begun);
    times.probes.push(ended - factsAt);
    times.script = Buffer.byteLength(look.parts[0]?.script ?? '');
    times.answered = doctor.findings.filter(({ because }) => !/did not say|longer than|too much/.test(because)).length;
  }
  return times;
}

/** As they are made for a real target, with the values of the rehearsal; whatever the machine is, they run. */
function manyTopics(probes: number, hanging: number): DoctorTopic[] {
  const real = procedures().flatMap((topic): DoctorTopic[] => {
    // As in a check-up: what is about several machines is left out.
    if (topic.machines?.slice(1).some(({ optional }) => !optional) || (topic.probe?.machines?.length ?? 1) > 1) return [];
    try {
      const look = probeLook(topic, topic.labDefaults, targetRendering(topic, { kind: 'ssh', host: 'machine' }));
      return look.parts.length === 1 ? [{ topic, look: everywhere(look) }] : [];
    } catch {
      return []; // not over ssh, or not without more values
    }
  });
  return Array.from({ length: probes }, (_, at): DoctorTopic => {
    const each = real[at % real.length] as DoctorTopic;
    const topic = { ...each.topic, id: `${each.topic.id}-${at}` };
    const hangs = at < hanging;
    return {
      topic,
      look: hangs && 'parts' in each.look ? everywhere({ ...each.look, parts: each.look.parts.map((part) => ({ ...part, script: 'sleep 600' })) }) : each.look,
    };
  });
}

const everywhere = (look: ProbeLook): ProbeLook => ({ ...look, parts: look.parts.map((part) => ({ ...part, needsRoot: false, without: () => null })) });
