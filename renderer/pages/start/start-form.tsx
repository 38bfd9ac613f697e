import { Button, Loader } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
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
import classes from './start.module.css';
import { type PlanCheck, usePlanCheck } from './use-plan-check.ts';

export function StartForm({ topic, failure }: { topic: TopicDetail; failure: string | null }) {
  const [values, setValues] = useState<FormValues>(() => initialValues(topic.fields));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [starting, setStarting] = useState(false);
  const target: TargetRef = useMemo(() => (failure ? { kind: 'lab', failure } : { kind: 'lab' }), [failure]);
  const parameters = parametersFrom(topic.fields, values);
  const { check, checking, trouble, checkNow } = usePlanCheck(topic.id, target, parameters);

  const issueOf = (name: string) =>
    submitted || touched.has(name) || values[name] !== '' ? check?.issues.find((candidate) => candidate.field === name) : undefined;
  const wholeForm = check?.issues.filter((issue) => issue.field === '') ?? [];

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
    <div className={classes.columns}>
      <form className={`${page.panel} ${classes.form}`} onSubmit={(event) => void start(event)} noValidate aria-label="What it is about">
        <div className={classes.fields}>
          {topic.fields.map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              value={values[field.name] ?? ''}
              issue={issueOf(field.name)}
              onChange={(value) => {
                setValues((before) => ({ ...before, [field.name]: value }));
                setTouched((before) => new Set([...before, field.name]));
              }}
            />
          ))}
          {topic.fields.length === 0 && <div>Nothing has to be filled in.</div>}
        </div>
        {wholeForm.map((issue) => (
          <TroubleNote key={issue.message} text={`${issue.message} ${issue.next}`} />
        ))}
        {trouble && <TroubleNote text={trouble} />}
        <Button type="submit" loading={starting} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
          Start rehearsal
        </Button>
        <p className={classes.scenario}>Starting opens the run at its first step and runs no command yet.</p>
      </form>
      {check?.plan ? (
        <PlanView steps={check.plan.steps} inputs={check.inputs} title={topic.title} target={check.plan.target} rehearsal={check.plan.rehearsal} />
      ) : (
        <PlanMissing check={check} checking={checking} topic={topic} />
      )}
    </div>
  );
}

function PlanMissing({ check, checking, topic }: { check: PlanCheck | null; checking: boolean; topic: TopicDetail }) {
  return (
    <section className={page.panel} aria-label="The plan">
      <h2>The plan</h2>
      {checking && !check && <Loader size="sm" aria-label="Making the plan" />}
      {check && check.issues.length > 0 && (
        <>
          <p style={{ marginTop: 0 }}>Every step with its exact commands appears here once the form is complete. Still wanted:</p>
          <ul className={classes.missing}>
            {check.issues.map((issue) => (
              <li key={`${issue.field} ${issue.message}`}>
                <strong>{topic.fields.find((field) => field.name === issue.field)?.label ?? 'The form'}</strong>: {issue.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
