import { expect, it } from 'vitest';
import type { FormField } from '../../../shared/api/topic.ts';
import { initialValues, parametersFrom, valuesElsewhere, valuesOfRun } from './form-values.ts';

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
const fields = [
  field('path', 'file', { labDefault: 'lab:image.bin' }),
  field('address', 'text', { optional: true }),
  field('rom', 'switch'),
  field('phase', 'choice', { default: '20' }),
];

it('starts from the defaults, in a rehearsal from those of the lab', () => {
  expect(initialValues(fields, false)).toEqual({ path: '', address: '', rom: false, phase: '20' });
  expect(initialValues(fields, true)).toEqual({ path: 'lab:image.bin', address: '', rom: false, phase: '20' });
});

it('takes what was typed along to another place, and no file of the lab', () => {
  const typed = { ...initialValues(fields, true), address: '500605b0' };
  expect(valuesElsewhere(fields, typed, false)).toEqual({ path: '', address: '500605b0', rom: false, phase: '20' });
  expect(valuesElsewhere(fields, { ...typed, path: '/own.bin' }, false)).toMatchObject({ path: '/own.bin' });
});

it('sends empty required fields, so that they are refused by name, and leaves empty optional ones out', () => {
  expect(parametersFrom(fields, initialValues(fields, false))).toEqual({ path: '', rom: false, phase: '20' });
  expect(parametersFrom(fields, { ...initialValues(fields, false), address: '500605b0' })).toMatchObject({ address: '500605b0' });
});

it('takes over what an earlier run was given, but no secret and nothing that is no field any more', () => {
  const more = [...fields, field('password', 'text', { secret: true })];
  expect(valuesOfRun(more, { path: '/srv/image.bin', rom: true, phase: 7, password: '‹secret›', former: 'x' } as never)).toEqual({
    path: '/srv/image.bin',
    rom: true,
    phase: '7',
  });
  expect(valuesOfRun(more, {})).toEqual({});
});
