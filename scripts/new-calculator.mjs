/** What a new calculator begins with, by file name. */
export const calculatorFiles = (id, title) => ({
  'topic.ts': `/** ${title}. */
import { z } from 'zod';
import { amountText, defineCalculator, sliderField } from '../../topic-kit/index.ts';

const parameters = z.object({
  amount: sliderField({ label: 'Amount', help: 'Of what.', usual: 10, range: { min: 0, max: 100, step: 1, whole: true, unit: '' } }),
});

export const topic = defineCalculator({
  id: '${id}',
  title: '${title}',
  summary: '',
  category: '',
  platforms: ['No target'],
  fixes: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters,
  // Says nothing yet about how it was worked out: the conformance suite says so.
  calculate: ({ amount }) => ({
    results: [{ id: 'twice', label: 'Twice as much', value: 2 * amount, unit: '', text: amountText(2 * amount), how: '' }],
    pictures: [],
    warnings: [],
  }),
});
`,
  'topic.test.ts': `import { expect, it } from 'vitest';
import { topic } from './topic.ts';

it('agrees with another way to calculate it', () => {
  const { results } = topic.calculate(topic.parameters.parse({}), null);
  expect(results[0]?.value).toBe(Number.NaN);
});
`,
});
