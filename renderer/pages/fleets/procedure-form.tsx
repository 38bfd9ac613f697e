import { Switch } from '@mantine/core';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { FleetForm } from '../../../shared/api/fleet-form.ts';
import type { ProcedureDetail } from '../../../shared/api/topic.ts';
import { FieldControl } from '../../components/form/field-control.tsx';
import { type FormValues, initialValues, isWanted, parametersFrom } from '../../components/form/form-values.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { keepValues, keptValues } from '../../stores/kept-form.ts';
import { routeHash } from '../../stores/route.ts';
import page from '../page.module.css';
import { readBatches, readPercent, readStopAt } from './batches.ts';
import { type FleetAnswers, FleetQuestions, questionField } from './fleet-questions.tsx';
import { type FleetRole, HostsPanel } from './hosts-panel.tsx';
import classes from './new-fleet.module.css';
import { PrepareBar } from './prepare-bar.tsx';
import { RolloutFields, usualRollout } from './rollout-fields.tsx';
import { useFormCheck } from './use-form-check.ts';
import { type ChosenHosts, usePrepare } from './use-prepare.ts';

interface ProcedureFormProps {
  topic: ProcedureDetail;
  hosts: ChosenHosts;
  onHosts(hosts: ChosenHosts): void;
}

const noAnswers: FleetAnswers = { done: [], confirmations: {} };

/** The form of a run, for many hosts: its secrets are asked for when the playbook is about to run. */
export function ProcedureForm({ topic, hosts, onHosts }: ProcedureFormProps) {
  const route = routeHash({ page: 'new-fleet', topicId: topic.id });
  const fields = useMemo(() => topic.fields.filter(({ secret }) => !secret), [topic]);
  const secret = topic.fields.filter((field) => field.secret);
  const initial = useMemo(() => initialValues(fields, false), [fields]);
  const [values, setValues] = useState<FormValues>(() => ({ ...initial, ...keptValues(route, fields) }));
  useEffect(() => keepValues(route, fields, values, initial), [route, fields, values, initial]);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [answers, setAnswers] = useState(noAnswers);
  const [without, setWithout] = useState<readonly string[]>([]);
  const [rollout, setRollout] = useState(usualRollout);
  const [serial, percent, stopAt] = [readBatches(rollout.batches), readPercent(rollout.percent), readStopAt(rollout.stopAt)];
  const form: FleetForm = {
    ...{ topicId: topic.id, parameters: parametersFrom(fields, values), without: [...without], done: [...answers.done] },
    ...{ confirmations: answers.confirmations, serial: serial ?? [1, 10] },
    ...(stopAt ? { maxFailPercentage: null, stopAt } : { maxFailPercentage: percent ?? 0, stopAt: null }),
  };
  const { checked, trouble, checkNow } = useFormCheck(form);
  const roles = rolesOf(topic, without);
  const { found, empty, submitted, busy, prepare } = usePrepare(roles, hosts);

  const issueOf = (name: string) =>
    submitted || touched.has(name) || values[name] !== '' ? checked?.issues.find((candidate) => candidate.field === name) : undefined;
  const asked = new Set(checked?.questions.map(({ stepId }) => stepId));
  const open = (checked?.obstacles ?? []).filter(({ stepId }) => asked.has(stepId)).map(({ stepId }) => stepId);
  const obstacles = (checked?.obstacles ?? []).filter(({ stepId }) => !asked.has(stepId));

  const complete = async () => {
    const answer = await checkNow();
    const rolloutFields = [
      ...(serial ? [] : ['rollout-batches']),
      ...(stopAt === null && percent === null ? ['rollout-percent'] : []),
      ...(stopAt === undefined ? ['rollout-stop-at'] : []),
    ];
    const wrong = [
      ...(answer?.issues ?? []).map(({ field }) => field && `field-${field}`),
      ...(answer?.obstacles ?? []).map(({ stepId }) => stepId && questionField(stepId)),
      ...rolloutFields,
    ];
    if (!answer || answer.issues.length + answer.obstacles.length > 0 || rolloutFields.length > 0) {
      focusField(...wrong);
      return null;
    }
    return { kind: 'form' as const, form };
  };

  return (
    <form
      noValidate
      aria-label="New fleet run"
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void prepare(complete);
      }}
    >
      <div className={classes.columns}>
        <div className={classes.fields}>
          <section className={`${page.panel} ${classes.questions}`} aria-labelledby="values">
            <h2 id="values">Values</h2>
            {fields
              .filter((field) => isWanted(field, values))
              .map((field) => (
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
            {fields.length === 0 && <div>Nothing to fill in.</div>}
            {secret.length > 0 && (
              <p className={classes.meaning}>Asked for once before it runs, and kept nowhere: {secret.map(({ label }) => label).join(', ')}.</p>
            )}
            {(topic.machines ?? [])
              .filter(({ optional }) => optional)
              .map(({ id, title, purpose }) => (
                <Switch
                  key={id}
                  label={`With the machine “${title}”`}
                  description={`It ${purpose}. Without it, its steps are left out.`}
                  checked={!without.includes(id)}
                  onChange={(event) => setWithout((before) => (event.currentTarget.checked ? before.filter((each) => each !== id) : [...before, id]))}
                />
              ))}
            {checked?.issues
              .filter((issue) => issue.field === '')
              .map((issue) => (
                <TroubleNote key={issue.message} text={`${issue.message} ${issue.next}`} />
              ))}
            {obstacles.map(({ because, next }) => (
              <TroubleNote key={because} text={`${because} ${next}`} />
            ))}
            {trouble && <TroubleNote text={trouble} />}
          </section>
          <FleetQuestions
            questions={checked?.questions ?? []}
            steps={checked?.plan?.steps ?? []}
            answers={answers}
            missing={submitted ? open : []}
            onAnswers={setAnswers}
          />
          <HostsPanel
            roles={roles}
            picks={hosts.picks}
            found={found}
            missing={submitted ? empty : []}
            sshPassword={hosts.sshPassword}
            onPicks={(picks) => onHosts({ ...hosts, picks })}
            onSshPassword={(sshPassword) => onHosts({ ...hosts, sshPassword })}
          />
          <RolloutFields rollout={rollout} onRollout={setRollout} />
        </div>
        <div className={classes.side}>
          {checked?.plan ? (
            <PlanView
              steps={checked.plan.steps}
              inputs={[]}
              title={topic.title}
              target={checked.plan.target}
              rehearsal={false}
              machines={checked.plan.machines}
            />
          ) : (
            <section className={page.panel} aria-label="The plan">
              <h2>The plan</h2>
              <p>Every step with its exact commands appears here once the form is complete.</p>
            </section>
          )}
        </div>
      </div>
      <PrepareBar hosts={found.count} busy={busy} needs={submitted ? needs(checked?.issues.length ?? 0, open.length, empty.length) : ''} />
    </form>
  );
}

const rolesOf = ({ machines }: ProcedureDetail, without: readonly string[]): FleetRole[] =>
  machines ? machines.filter(({ id }) => !without.includes(id)).map(({ id, title }) => ({ id, title })) : [{ id: '', title: '' }];

function needs(issues: number, questions: number, machines: number): string {
  if (issues > 0) return issues === 1 ? 'One field needs a valid value first.' : `${issues} fields need valid values first.`;
  if (questions > 0) return questions === 1 ? 'One question has to be answered first.' : `${questions} questions have to be answered first.`;
  return machines > 0 ? 'Choose hosts first.' : '';
}
