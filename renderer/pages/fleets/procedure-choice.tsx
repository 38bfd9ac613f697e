import { Anchor, Select } from '@mantine/core';
import type { Compilability } from '../../../shared/api/fleet-form.ts';
import { routeHash } from '../../stores/route.ts';
import page from '../page.module.css';
import classes from './new-fleet.module.css';

interface ProcedureChoiceProps {
  all: readonly Compilability[];
  value: string | null;
  onChange(topicId: string | null): void;
}

/** Procedures that compile, and for each of the others why it does not. */
export function ProcedureChoice({ all, value, onChange }: ProcedureChoiceProps) {
  const fit = all.filter(({ obstacles }) => obstacles.length === 0);
  const others = all.filter(({ obstacles }) => obstacles.length > 0);
  return (
    <section className={`${page.panel} ${classes.choice}`} aria-label="The procedure">
      <Select
        label="Procedure"
        placeholder="Choose one, or type a part of its name"
        data={fit.map(({ topicId, title }) => ({ value: topicId, label: title })).toSorted((one, other) => one.label.localeCompare(other.label))}
        value={fit.some(({ topicId }) => topicId === value) ? value : null}
        onChange={onChange}
        searchable
        nothingFoundMessage="No procedure that runs on many hosts has this name"
        maxDropdownHeight={320}
      />
      <details className={classes.others}>
        <summary>{others.length} procedures can’t run on many hosts: why</summary>
        <dl>
          {others.map(({ topicId, title, obstacles }) => (
            <div key={topicId}>
              <dt>
                <Anchor href={routeHash({ page: 'topic', topicId })} inherit>
                  {title}
                </Anchor>
              </dt>
              {obstacles.map(({ stepId, because }) => (
                <dd key={`${stepId} ${because}`}>{because}</dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
