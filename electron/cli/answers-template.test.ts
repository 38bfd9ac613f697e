import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan, PlannedStep } from '../../shared/api/plan.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { FormField, ProcedureDetail } from '../../shared/api/topic.ts';
import { procedures, topicDetail } from '../backend/topics/topic-registry.ts';
import { targetTemplate } from './answers-template.ts';

const nothing = { place: '--target ssh:greta@stor9', given: {}, issues: [], plan: null };
const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: `The ${name}`,
  help: 'Of it.',
  control: 'text',
  choices: [],
  optional: false,
  secret: false,
  ...more,
});
const topic = (fields: FormField[]) => ({ id: 'x', title: 'X', fields }) as unknown as ProcedureDetail;
const step = (more: object) => ({ id: 'erase', title: 'Erase', kind: 'command', confirm: null, prompts: [], ...more }) as unknown as PlannedStep;
const plan = (...steps: PlannedStep[]) => ({ steps }) as unknown as Plan;

describe('the template for a real target', () => {
  it.each(procedures().map((topic) => [topic.id, topic] as const))('of %s holds its own defaults, and nothing of the lab', (_, topic) => {
    const detail = topicDetail(topic);
    const template = targetTemplate(detail, nothing);
    const { parameters, secrets = {}, ...rest } = parse(template);
    expect(parameters).toEqual(Object.fromEntries(detail.fields.map(({ name, secret, default: own = '' }) => [name, secret ? secretMark : own])));
    expect(rest).toEqual({ confirmations: null, answers: null, done: null });
    expect(Object.keys(secrets).sort(), 'each with the variable that brings it').toEqual(
      detail.fields
        .filter(({ secret }) => secret)
        .map(({ name }) => name)
        .sort(),
    );
    const ofLab = [...detail.fields.flatMap((each) => (each.labDefault === each.default ? [] : [each.labDefault])), ...Object.values(topic.lab.facts)];
    const texts = ofLab.filter((value): value is string => typeof value === 'string' && value.length > 3);
    // What a field offers is named beside it, and so is what its own words say.
    const offered = detail.fields.flatMap(({ choices }) => choices?.map(({ value }) => value) ?? []);
    const words = detail.fields.map(({ label, help }) => `${label} ${help}`).join(' ');
    for (const text of texts) if (!offered.includes(text) && !words.includes(text)) expect(template).not.toContain(text);
    expect(template).toContain('--target ssh:greta@stor9 --answers FILE');
  });

  it('asks for what was printed where nobody but the admin gets', () => {
    const [first, second] = [step({ id: 'look', script: 'show', verifyScript: 'show again' }), step({ id: 'wait', script: null, verifyScript: null })];
    const template = targetTemplate(topic([]), { ...nothing, byHand: () => true, plan: plan(first, second) });
    expect(template).toContain('output:\n  # What this printed there: show; show again\n  # look: |\ndone:');
    expect(targetTemplate(topic([]), { ...nothing, plan: plan(first, second) })).not.toContain('output:');
  });

  it('says of each field what it is, what may be there, and what is missing or wrong', () => {
    const template = targetTemplate(
      topic([
        field('card', {
          choices: [
            { value: 'a', label: 'A' },
            { value: 'b', label: 'B', disabledBecause: 'no' },
          ],
          default: 'a',
          labDefault: 'b',
          optional: true,
        }),
        field('stick', { control: 'device', labDefault: 'lab-stick', when: { to: 'device' } }),
        field('size', { default: '512', optional: true }),
        field('password', { secret: true }),
      ]),
      {
        ...nothing,
        given: { size: 'many # of\nthem' },
        issues: [
          { field: 'size', message: 'Give a number.', next: 'Correct this field.' },
          { field: 'sice', message: 'There is no parameter "sice".', next: 'Take it out.' },
        ],
      },
    );
    expect(parse(template)).toEqual({
      parameters: { card: 'a', stick: '', size: 'many # of\nthem', password: secretMark },
      secrets: { password: 'WRENCHBOOK_PASSWORD' },
      confirmations: null,
      answers: null,
      done: null,
    });
    for (const line of [
      '  # The card. Of it.\n  # One of: a.\n  card: a\n',
      '  # The stick. Of it.\n  # "wrenchbook devices" lists the values.\n  # Only where to is device.\n  # Required.\n  stick: ""\n',
      '  # Not valid yet: Give a number. Correct this field.\n  size: "many # of\\nthem"\n',
      '  # Not valid yet: There is no parameter "sice". Take it out.\n',
      'wrenchbook run x --target ssh:greta@stor9 --answers FILE --print-answers" adds',
    ])
      expect(template).toContain(line);
    expect(template).not.toContain('lab-stick');
  });

  it('has the questions of the steps answered, and what says that somebody has looked as a comment only', () => {
    const prompt = { id: 'go-on', question: 'Go\non?', explanation: '', answers: [{ value: 'y', label: 'Yes', means: '' }], recommended: 'y' };
    const confirm = { object: 'sdb, 32 GB', type: '4C53: 7', fact: null, ask: 'Type the serial number.' };
    const steps = [
      step({ confirm, prompts: [prompt] }),
      step({ id: 'write', confirm: { ...confirm, type: null, fact: 'address' } }),
      step({ id: 'cable', title: 'Plug it in', kind: 'manual' }),
    ];
    const template = targetTemplate(topic([]), { ...nothing, plan: plan(...steps) });
    expect(parse(template)).toEqual({ parameters: null, confirmations: null, answers: { 'go-on': 'y' }, done: null });
    const uncommented = template.replace(/^ {2}# (erase|- cable)/gm, '  $1');
    expect(parse(uncommented)).toMatchObject({ confirmations: { erase: '4C53: 7' }, done: ['cable'] });
    expect(template).toContain('  # "Erase", on sdb, 32 GB: Type the serial number.\n  # erase: "4C53: 7"\n');
    expect(template).toContain('  # write: # what the target has;');
  });
});
