import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ParameterValues, ProcedureDetail } from '../../../shared/api/topic.ts';
import { CommandBox } from '../../components/command/command-box.tsx';
import type { FormValues } from '../../components/form/form-values.ts';
import { ProbeAnswer } from '../../components/trial/probe-answer.tsx';
import { TrialPanel } from '../../components/trial/trial-panel.tsx';
import { errorText, reportError } from '../../stores/report-error.ts';
import { noteStart, useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import { Proposals } from './proposals.tsx';
import classes from './start.module.css';
import type { ChosenPlace } from './use-plan-check.ts';

interface ProbePanelProps {
  topic: ProcedureDetail;
  place: ChosenPlace;
  parameters: ParameterValues;
  values: FormValues;
  onFill(values: FormValues): void;
}

/** Whether the procedure applies to the chosen target: what is looked at, what runs for it, and what was found. */
export function ProbePanel({ topic, place, parameters, values, onFill }: ProbePanelProps) {
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const { script, trouble } = useProbeScript({ topic, place, parameters });
  const trial = useTargets((state) => (lookedAt === null ? undefined : state.trials[lookedAt]));
  const check = async () => {
    try {
      const started = await api.probes.start({ topicId: topic.id, ...place, parameters });
      noteStart(started);
      setLookedAt(started.targetId);
    } catch (thrown) {
      reportError(thrown);
    }
  };
  return (
    <section className={`${page.panel} ${classes.probe}`} aria-labelledby="probe">
      <h2 id="probe">Does it apply there?</h2>
      <p>
        Checks {topic.probe?.looksAt.join(', ')}. It only reads{topic.probe?.needsRoot && place.target.kind !== 'lab' ? ', with root’s rights' : ''}.
      </p>
      {trouble && <p>{trouble}</p>}
      {script !== null && (
        <details>
          <summary>What that runs</summary>
          <CommandBox script={script} title="The check runs" />
        </details>
      )}
      <Button variant="default" onClick={() => void check()} disabled={script === null || trial?.status === 'running'}>
        {trial && trial.status !== 'running' ? 'Check again' : 'Check'}
      </Button>
      {trial?.probe && (
        <ProbeAnswer probe={trial.probe}>
          <Proposals proposes={trial.probe.proposes} fields={topic.fields} values={values} onFill={onFill} />
        </ProbeAnswer>
      )}
      {trial && <TrialPanel key={trial.trialId} trial={trial} />}
    </section>
  );
}

function useProbeScript({ topic, place, parameters }: Pick<ProbePanelProps, 'topic' | 'place' | 'parameters'>): { script: string | null; trouble: string } {
  const [answer, setAnswer] = useState<{ script: string | null; trouble: string }>({ script: null, trouble: '' });
  const asked = JSON.stringify({ topicId: topic.id, ...place, parameters });
  useEffect(() => {
    let current = true;
    const note = (next: typeof answer) => {
      if (current) setAnswer(next);
    };
    const later = setTimeout(() => {
      api.probes.script(JSON.parse(asked) as Parameters<typeof api.probes.script>[0]).then(
        ({ script }) => note({ script, trouble: '' }),
        (thrown) => note({ script: null, trouble: errorText(thrown) }),
      );
    }, 200);
    return () => {
      current = false;
      clearTimeout(later);
    };
  }, [asked]);
  return answer;
}
