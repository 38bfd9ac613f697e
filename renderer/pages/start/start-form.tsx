import { type FormEvent, useMemo, useState } from 'react';
import type { TargetRef, TopicDetail } from '../../../shared/api/topic.ts';
import { FieldControl } from '../../components/form/field-control.tsx';
import { type FormValues, initialValues, parametersFrom } from '../../components/form/form-values.ts';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { takeRunState } from '../../stores/run-states.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import { PlanMissing } from './plan-missing.tsx';
import classes from './start.module.css';
import { StartBar } from './start-bar.tsx';
import { usePlanCheck } from './use-plan-check.ts';

export function StartForm({ topic, failure }: { topic: TopicDetail; failure: string | null }) {
  const [values, setValues] = useState<FormValues>(() => initialValues(topic.fields));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [starting, setStarting] = useState(false);
  const target: TargetRef = useMemo(() => (failure ? { kind: 'lab', failure } : { kind: 'lab' }), [failure]);
  const parameters = parametersFrom(topic.fields, values);
  const { check, checking, trouble, checkNow } = usePlanCheck(topic.id, target, parameters);

  // A field that nobody has been to yet is not scolded for being empty.
  const issueOf = (name: string) =>
    submitted || touched.has(name) || values[name] !== '' ? check?.issues.find((candidate) => candidate.field === name) : undefined;
  const change = (name: string, value: string | boolean) => {
    setValues((before) => ({ ...before, [name]: value }));
    setTouched((before) => new Set([...before, name]));
  };

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    setStarting(true);
    const answer = await checkNow();
    if (answer?.plan) {
      try {
        const run = await api.runs.start({ topicId: topic.id, target, parameters });
        takeRunState(run);
        go({ page: 'run', runId: run.runId, view: 'step' });
        return;
      } catch (thrown) {
        reportError(thrown);
      }
    } else document.getElementById(`field-${answer?.issues[0]?.field}`)?.focus();
    setStarting(false);
  };

  return (
    <form onSubmit={(event) => void start(event)} noValidate aria-label="Start a run">
      <div className={classes.columns}>
        <div className={`${page.panel} ${classes.fields}`}>
          {topic.fields.map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              issue={issueOf(field.name)}
              onChange={(value) => change(field.name, value)}
            />
          ))}
          {topic.fields.length === 0 && <div>Nothing has to be filled in.</div>}
          {check?.issues
            .filter((issue) => issue.field === '')
            .map((issue) => (
              <TroubleNote key={issue.message} text={`${issue.message} ${issue.next}`} />
            ))}
          {trouble && <TroubleNote text={trouble} />}
        </div>
        {check?.plan ? (
          <PlanView steps={check.plan.steps} inputs={check.inputs} title={topic.title} target={check.plan.target} rehearsal={check.plan.rehearsal} />
        ) : (
          <PlanMissing check={check} checking={checking} topic={topic} />
        )}
      </div>
      <StartBar check={check} starting={starting} />
    </form>
  );
}
