import type { FormField } from '../../../shared/api/topic.ts';
import type { FormValues } from '../../components/form/form-values.ts';
import classes from './start.module.css';

interface CapturedNoteProps {
  captured: Readonly<Record<string, string>>;
  fields: readonly FormField[];
  values: FormValues;
}

/** Which fields are filled in with what stood in the line that led here. */
export function CapturedNote({ captured, fields, values }: CapturedNoteProps) {
  const filled = fields.filter(({ name }) => captured[name] !== undefined && values[name] === captured[name]);
  if (filled.length === 0) return null;
  return <p className={classes.proposals}>Filled in from what you searched for: {filled.map(({ label }) => label).join(', ')}. Check it.</p>;
}
