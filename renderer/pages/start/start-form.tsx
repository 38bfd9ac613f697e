import { Button } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { ParameterValues, ProcedureDetail, RunPlace } from '../../../shared/api/topic.ts';
import { FieldControl } from '../../components/form/field-control.tsx';
import { type FormValues, initialValues, isWanted, parametersFrom, valuesElsewhere, valuesOfRun } from '../../components/form/form-values.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
import { StickMap } from '../../components/media/stick-map.tsx';
import { PlanView } from '../../components/plan/plan-view.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { capturedFor } from '../../stores/captured.ts';
import { keepValues, keptValues } from '../../stores/kept-form.ts';
import { reportError } from '../../stores/report-error.ts';
import { go, routeHash } from '../../stores/route.ts';
import { takeRunState } from '../../stores/run-states.ts';
import { useTargets } from '../../stores/targets.ts';
import { api } from '../../window-api.ts';
import { chosenOthers, type Others } from '../../words/machines.ts';
import { isLab, placeValue, targetOfValue } from '../../words/where.ts';
import page from '../page.module.css';
import { CapturedNote } from './captured-note.tsx';
import { MachineChoices } from './machine-choices.tsx';
import { PlanMissing } from './plan-missing.tsx';
import { ProbePanel } from './probe-panel.tsx';
import classes from './start.module.css';
import { StartBar } from './start-bar.tsx';
import { usePlanCheck } from './use-plan-check.ts';
import { WhereChoice } from './where-choice.tsx';

interface StartFormProps {
  topic: ProcedureDetail;
  /** Where it happens, as a value of where.ts; null: nothing was chosen yet. */
  where: string | null;
  /** The same of the other machines, of a procedure with several. */
  others: Others;
  /** What an earlier run was given, and which one that was. */
  given: ParameterValues;
  like: string | null;
  onWhere(value: string, others: Others): void;
}

export function StartForm({ topic, where, others, given, like, onWhere }: StartFormProps) {
  // The lab and a real machine have values of their own.
  const route = routeHash({ page: 'start', topicId: topic.id, where: isLab(where) ? 'lab' : null, ...(like !== null && { like }) });
  const initial = useMemo(() => ({ ...initialValues(topic.fields, isLab(where)), ...valuesOfRun(topic.fields, given) }), [topic, where, given]);
  const captured = useMemo(() => capturedFor(topic.id, topic.fields), [topic]);
  const [values, setValues] = useState<FormValues>(() => ({ ...initial, ...(isLab(where) ? {} : captured), ...keptValues(route, topic.fields) }));
  useEffect(() => keepValues(route, topic.fields, values, initial), [route, topic, values, initial]);
  const changed = topic.fields.some(({ name }) => values[name] !== initial[name]);
  const places = usePlaces(topic);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const [starting, setStarting] = useState(false);
  const { machines, missing } = chosenOthers(topic, where, others);
  const target = where === null ? null : targetOfValue(where);
  const place = target && missing.length === 0 ? { target, ...(machines && { machines }) } : null;
  const parameters = parametersFrom(topic.fields, values);
  const { check, checking, trouble, checkNow } = usePlanCheck(topic.id, place, parameters);

  // A field that nobody has been to yet is not scolded for being empty.
  const issueOf = (name: string) =>
    submitted || touched.has(name) || values[name] !== '' ? check?.issues.find((candidate) => candidate.field === name) : undefined;

  const fill = (filled: FormValues) => {
    setValues((before) => ({ ...before, ...filled }));
    setTouched((before) => new Set([...before, ...Object.keys(filled)]));
  };

  const chooseWhere = (value: string) => {
    // What stood in a line that was searched for is of a real machine.
    const own = (before: FormValues) =>
      Object.fromEntries(Object.entries(before).map(([name, at]) => [name, at === captured[name] ? (initial[name] ?? '') : at]));
    if (isLab(value) !== isLab(where)) setValues((before) => valuesElsewhere(topic.fields, isLab(value) ? own(before) : before, isLab(value)));
    onWhere(value, others);
  };

  const [first] = topic.machines ?? [];
  const own = places.get(first?.id ?? '') ?? null;
  const startsOn =
    target?.kind === 'hand' || Object.keys(machines ?? {}).length > 0 ? null : (own?.find((each) => placeValue(each.target) === where)?.title ?? null);

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setSubmitted(true);
    setStarting(true);
    const answer = await checkNow();
    if (place && answer?.plan) {
      try {
        const run = await api.runs.start({ topicId: topic.id, ...place, parameters });
        takeRunState(run);
        go({ page: 'run', runId: run.runId, view: 'step' });
        return;
      } catch (thrown) {
        reportError(thrown);
      }
    } else if (!focusField(...(answer?.issues ?? []).map(({ field }) => field && `field-${field}`))) focusField('where', ...missing.map((id) => `where-${id}`));
    setStarting(false);
  };

  return (
    <form onSubmit={(event) => void start(event)} noValidate aria-label="Start a run" className={classes.form ?? ''}>
      <div className={classes.columns}>
        <div className={`${page.panel} ${classes.fields}`}>
          {first ? (
            <MachineChoices
              topic={topic}
              places={places}
              where={where}
              others={others}
              missing={submitted ? [...(where === null ? [first.id] : []), ...missing] : []}
              onWhere={chooseWhere}
              onOthers={(chosen) => where !== null && onWhere(where, chosen)}
            />
          ) : (
            <WhereChoice
              failures={topic.labFailures}
              places={own}
              value={where}
              missing={submitted && where === null}
              onChange={(value) => value && chooseWhere(value)}
            />
          )}
          <CapturedNote captured={captured} fields={topic.fields} values={values} />
          {topic.fields
            .filter((field) => isWanted(field, values))
            .map((field) => (
              <FieldControl
                key={field.name}
                field={field}
                value={values[field.name] ?? ''}
                issue={issueOf(field.name)}
                onChange={(value) => fill({ [field.name]: value })}
              />
            ))}
          <StickMap parameters={parameters} />
          {topic.fields.length === 0 && <div>Nothing to fill in.</div>}
          {changed && (
            <Button
              className={classes.reset ?? ''}
              variant="subtle"
              size="compact-sm"
              leftSection={<IconRotate size={15} aria-hidden />}
              onClick={() => setValues(initial)}
            >
              Reset the form
            </Button>
          )}
          {check?.issues
            .filter((issue) => issue.field === '')
            .map((issue) => (
              <TroubleNote key={issue.message} text={`${issue.message} ${issue.next}`} />
            ))}
          {trouble && <TroubleNote text={trouble} />}
        </div>
        <div className={classes.side}>
          {topic.probe && place && <ProbePanel key={JSON.stringify(place)} topic={topic} place={place} parameters={parameters} values={values} onFill={fill} />}
          {check?.plan ? (
            <PlanView
              steps={check.plan.steps}
              inputs={check.inputs}
              title={topic.title}
              target={check.plan.target}
              rehearsal={check.plan.rehearsal}
              machines={check.plan.machines}
              isByHand={(step) => (machines?.[step.on ?? ''] ?? target)?.kind === 'hand'}
            />
          ) : (
            <PlanMissing check={check} checking={checking} chosen={place !== null} topic={topic} />
          )}
        </div>
      </div>
      <StartBar check={check} starting={starting} rehearsal={isLab(where)} whereMissing={submitted && place === null} place={startsOn} />
    </form>
  );
}

/** By machine; of a procedure with one, without a name. Empty while they are being asked for. */
function usePlaces({ id: topicId, machines }: ProcedureDetail): ReadonlyMap<string, readonly RunPlace[]> {
  const [places, setPlaces] = useState<ReadonlyMap<string, readonly RunPlace[]>>(new Map());
  // Facts of a target, or the targets themselves, may change meanwhile.
  const targets = useTargets((state) => state.targets);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the targets are what changed
  useEffect(() => {
    const asked = (machines ?? [undefined]).map(async (machine) => {
      const found = await api.topics.places({ topicId, ...(machine && { machine: machine.id }) });
      return [machine?.id ?? '', found] as const;
    });
    Promise.all(asked).then((found) => setPlaces(new Map(found)), reportError);
  }, [topicId, machines, targets]);
  return places;
}
