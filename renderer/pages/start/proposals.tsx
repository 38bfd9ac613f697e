import { Button } from '@mantine/core';
import type { ProbeProposal } from '../../../shared/api/probe.ts';
import type { FormField } from '../../../shared/api/topic.ts';
import type { FormValues } from '../../components/form/form-values.ts';
import classes from './start.module.css';

interface ProposalsProps {
  proposes: readonly ProbeProposal[];
  fields: readonly FormField[];
  values: FormValues;
  onFill(values: FormValues): void;
}

/** What the form should say, by what was seen; nothing where it says that. */
export function Proposals({ proposes, fields, values, onFill }: ProposalsProps) {
  const open = proposes.filter(({ field, value }) => values[field] !== value);
  if (open.length === 0) return proposes.length > 0 && <p>Filled in. Check again.</p>;
  return (
    <div className={classes.proposals}>
      <ul>
        {open.map(({ field, value, because }) => {
          const { label = field, choices = [] } = fields.find(({ name }) => name === field) ?? {};
          return (
            <li key={field}>
              <strong>{label}:</strong> {choices.find((choice) => choice.value === value)?.label ?? value}. {because}
            </li>
          );
        })}
      </ul>
      <Button size="xs" variant="default" onClick={() => onFill(Object.fromEntries(open.map(({ field, value }) => [field, value])))}>
        Fill that in
      </Button>
    </div>
  );
}
