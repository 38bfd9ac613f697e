import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ParameterValues } from '../../../shared/api/topic.ts';
import { formFields } from '../../../shared/topic-kit/index.ts';
import { calculate } from './calculate.ts';
import { calculators, catalogue, checkParameters, procedures } from './topic-registry.ts';

/** How zod speaks when nobody says it for it. */
const validatorWords =
  /expected [a-z]|received|Invalid (?:input|option|string|key|element)|Too (?:big|small)|Unrecognized|undefined|NaN|<=|>=|to match pattern/;
const wrongValues: readonly (string | number | boolean)[] = ['', ' ', 'x'.repeat(4096), '\u0000', 5, -1, 1e300, true, false, 'no-such-choice'];

const told = (values: ParameterValues, topic: (typeof catalogue)[number]) => [
  ...checkParameters(topic, values, false).issues,
  ...(topic.kind === 'calculator' ? calculate(topic, values).issues : []),
];

it('knows how the validator speaks', () => {
  const { localeError } = z.locales.en();
  for (const [schema, value] of [
    [z.string(), undefined],
    [z.string().max(1), 'ab'],
    [z.enum(['a']), 'b'],
    [z.union([z.literal(''), z.string().max(1)]), 'ab'],
  ] as const)
    expect(schema.safeParse(value, { error: localeError }).error?.issues[0]?.message).toMatch(validatorWords);
});

const withFields = catalogue.filter((topic) => formFields(topic.parameters).length > 0);

describe.each(withFields.map((topic) => [topic.id, topic] as const))('the fields of %s', (_id, topic) => {
  it.each(formFields(topic.parameters).map(({ name }) => name))('%s is never spoken of in the validator’s words', (name) => {
    for (const value of wrongValues) {
      for (const issue of told({ [name]: value }, topic)) {
        expect(`${issue.message} ${issue.next}`, `${name} = ${JSON.stringify(value).slice(0, 40)}`).not.toMatch(validatorWords);
        expect(issue.message, name).toMatch(/[.!?…]$/);
      }
    }
  });
});

it.each(procedures().map((topic) => [topic.id, topic] as const))('%s says of each field it needs what that is', (_id, topic) => {
  const required = formFields(topic.parameters).filter(({ optional }) => !optional);
  const { issues } = checkParameters(topic, {}, false);
  for (const { name, label } of required) {
    const issue = issues.find(({ field }) => field === name);
    expect(issue?.message, name).toMatch(new RegExp(`^${label.replaceAll(/[.*+?^$()|[\]{}]/g, '\\$&')} (?:is|are) needed[:.] \\S`));
  }
});

it('says what a domain is, with an example', () => {
  const [bind] = procedures().filter(({ id }) => id === 'bind-ad-dns');
  if (!bind) throw new Error('the topic is gone');
  expect(checkParameters(bind, {}, false).issues[0]).toEqual({
    field: 'domain',
    message: 'Domain is needed: the DNS name of the Active Directory domain, such as corp.example.com.',
    next: 'Fill in this field.',
  });
});

it('has calculators to try', () => expect(calculators().length).toBeGreaterThan(0));
