import { expect, it } from 'vitest';
import type { FormField } from '../../../shared/api/topic.ts';
import { initialValues, parametersFrom } from './form-values.ts';

const field = (name: string, control: FormField['control'], rest: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  help: '',
  control,
  choices: [],
  optional: false,
  secret: false,
  ...rest,
});
const fields = [field('path', 'file'), field('address', 'text', { optional: true }), field('rom', 'switch'), field('phase', 'choice', { default: '20' })];

it('starts from the defaults', () => expect(initialValues(fields)).toEqual({ path: '', address: '', rom: false, phase: '20' }));

it('sends empty required fields, so that they are refused by name, and leaves empty optional ones out', () => {
  expect(parametersFrom(fields, initialValues(fields))).toEqual({ path: '', rom: false, phase: '20' });
  expect(parametersFrom(fields, { ...initialValues(fields), address: '500605b0' })).toMatchObject({ address: '500605b0' });
});
