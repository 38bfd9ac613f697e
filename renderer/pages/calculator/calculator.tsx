import { Button } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CalculatorDetail } from '../../../shared/api/topic.ts';
import { CalculatesMark } from '../../components/danger/calculates-mark.tsx';
import { FieldControl } from '../../components/form/field-control.tsx';
import { type FormValues, initialValues, isWanted } from '../../components/form/form-values.ts';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { keepValues, keptValues } from '../../stores/kept-form.ts';
import { routeHash } from '../../stores/route.ts';
import page from '../page.module.css';
import { Points } from '../topic/points.tsx';
import { Symptoms } from '../topic/symptoms.tsx';
import topicClasses from '../topic/topic.module.css';
import classes from './calculator.module.css';
import { type BroughtData, DataPanel } from './data-panel.tsx';
import { ResultStrip } from './result-strip.tsx';
import { Results } from './results.tsx';
import { SavedPicture } from './saved-picture.tsx';
import { Tables } from './tables.tsx';
import { useCalculation } from './use-calculation.ts';

/** A topic that only calculates: its numbers left, what comes of them right, at once. */
export function Calculator({ topic }: { topic: CalculatorDetail }) {
  const usual = initialValues(topic.fields, false);
  const route = routeHash({ page: 'topic', topicId: topic.id });
  const [values, setValues] = useState<FormValues>(() => ({ ...usual, ...keptValues(route, topic.fields) }));
  useEffect(() => keepValues(route, topic.fields, values, initialValues(topic.fields, false)), [route, topic, values]);
  const [data, setData] = useState<BroughtData | null>(null);
  const { answer, last, trouble } = useCalculation(topic.id, values, data?.text);
  const changed = topic.fields.some(({ name }) => values[name] !== usual[name]);
  return (
    <>
      <PageHeading title={topic.title} />
      <p className={page.lead}>{topic.summary}</p>
      <div className={topicClasses.facts}>
        <CalculatesMark />
        <span>{topic.platforms.join(' · ')}</span>
      </div>
      <div className={classes.columns}>
        <div className={topicClasses.stack}>
          <section className={`${page.panel} ${classes.fields}`} aria-labelledby="values">
            <div className={classes.head}>
              <h2 id="values">Values</h2>
              <Button
                variant="subtle"
                size="compact-sm"
                disabled={!changed}
                leftSection={<IconRotate size={15} aria-hidden />}
                onClick={() => setValues(usual)}
              >
                Default values
              </Button>
            </div>
            {topic.fields
              .filter((field) => isWanted(field, values))
              .map((field) => (
                <FieldControl
                  key={field.name}
                  field={{ ...field, optional: true }}
                  value={values[field.name] ?? ''}
                  issue={answer?.issues.find((issue) => issue.field === field.name)}
                  onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
                />
              ))}
          </section>
          {topic.data && <DataPanel about={topic.data} data={data} issues={answer?.dataIssues ?? []} onChange={setData} />}
        </div>
        <div className={topicClasses.stack}>
          {trouble && <TroubleNote text={trouble} />}
          {last && <Results calculation={last} stale={answer?.calculation === null} />}
          {last?.pictures.map((picture) => (
            <SavedPicture key={picture.id} topicId={topic.id} picture={picture} stale={answer?.calculation === null} />
          ))}
          {last && <Tables tables={last.tables} />}
          <Points title="Questions it answers" points={topic.fixes} />
          <Symptoms symptoms={topic.symptoms} />
          {topic.corrections.length > 0 && <Points title="Corrections to the source" points={topic.corrections} />}
          <Points title="Sources" points={topic.sources} />
        </div>
      </div>
      {last && <ResultStrip calculation={last} stale={answer?.calculation === null} />}
    </>
  );
}
