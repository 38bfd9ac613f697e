/** Every calculator through every rule of docs/adding-a-topic.md. A new one is tested by being there. */
import { describe, expect, it } from 'vitest';
import { topicDetail, topicSummary } from '../../../shared/api/topic.ts';
import { draw } from '../../../shared/pictures/draw.ts';
import { pictureTable } from '../../../shared/pictures/table.ts';
import { calculate } from '../topics/calculate.ts';
import { anyDetail, anySummary, calculators, findTopic, searchTopics } from '../topics/topic-registry.ts';

const unique = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);

describe.each(calculators().map((calculator) => [calculator.id, calculator] as const))('%s', (id, calculator) => {
  const detail = topicDetail.parse(anyDetail(id));
  const withData = calculator.data ? [undefined, calculator.data.example] : [undefined];

  it('says what it is about, and is found', () => {
    topicSummary.parse(anySummary(calculator));
    for (const text of [calculator.title, calculator.summary, calculator.category]) expect(text).not.toBe('');
    for (const list of [calculator.platforms, calculator.fixes, calculator.sources, calculator.symptoms]) expect(list.length).toBeGreaterThan(0);
    for (const { text } of calculator.symptoms)
      expect(
        searchTopics(text).map(({ topicId }) => topicId),
        text,
      ).toContain(id);
    expect(() => findTopic(id)).toThrow('only calculates');
  });

  it('has a form for every parameter, without secrets, devices and files', () => {
    expect(detail.fields.map(({ name }) => name)).toEqual(Object.keys(calculator.parameters.shape));
    unique(detail.fields.map(({ label }) => label));
    for (const { name, label, help, secret, control, slider } of detail.fields) {
      for (const text of [label, help]) expect(text, name).not.toBe('');
      expect(secret, `${name} is no secret`).toBe(false);
      expect(['slider', 'text', 'choice', 'switch'], name).toContain(control);
      expect(slider !== undefined, `${name} has a range exactly where it is a slider`).toBe(control === 'slider');
      if (slider?.step === 'logarithmic') expect(slider.min, `${name} has a logarithmic slider`).toBeGreaterThan(0);
    }
  });

  it.each(withData)('calculates with its usual values, data: %j', (data) => {
    const { issues, dataIssues, calculation } = calculate(calculator, {}, data);
    expect([issues, dataIssues]).toEqual([[], []]);
    const { results = [], tables = [], pictures = [], warnings = [] } = calculation ?? {};
    unique(results.map((result) => result.id));
    expect(results.length).toBeGreaterThan(0);
    for (const { id: name, label, value, text, how } of results) {
      for (const said of [label, text, how]) expect(said, name).not.toBe('');
      if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
    }
    for (const { heads, rows, title } of tables) for (const row of rows) expect(row, title).toHaveLength(heads.length);
    unique([...pictures, ...tables].map((each) => each.id));
    for (const picture of pictures) {
      for (const text of [picture.title, picture.caption]) expect(text, picture.id).not.toBe('');
      expect(JSON.stringify(draw(picture).shapes), picture.id).not.toMatch(/NaN|Infinity|null/);
      expect(pictureTable(picture).length, picture.id).toBeGreaterThan(1);
    }
    for (const warning of warnings) expect(warning).toMatch(/\.$/);
  });

  it('gives the same for the same, and changes nothing that it is given', () => {
    const values = Object.freeze({});
    expect(calculate(calculator, values, withData.at(-1))).toEqual(calculate(calculator, values, withData.at(-1)));
  });

  it('calculates at both ends of every slider', () => {
    for (const { name, slider } of detail.fields)
      for (const value of slider ? [slider.min, slider.max] : []) {
        const { issues, calculation } = calculate(calculator, { [name]: value });
        expect(issues, `${name} = ${value}`).toEqual([]);
        expect(calculation?.results.length, `${name} = ${value}`).toBeGreaterThan(0);
      }
  });

  it('refuses what is wrong by the field’s name, in words', () => {
    for (const { name, slider } of detail.fields) {
      const bad = slider ? ['', 'many', '0x10', '1e999', slider.min - 1, slider.max * 2 + 1] : [];
      for (const value of bad) {
        const { issues, calculation } = calculate(calculator, { [name]: value });
        expect(
          issues.map(({ field }) => field),
          `${name} = ${value}`,
        ).toEqual([name]);
        expect(issues[0]?.message, `${name} = ${value}`).toMatch(/^It |^This /);
        expect(calculation).toBeNull();
      }
    }
    expect(calculate(calculator, { 'no-such': 1 }).issues).toMatchObject([{ field: 'no-such' }]);
  });

  it('refuses data that is none, and calculates without it', () => {
    for (const data of ['', '\u0000', 'x'.repeat(1_000_001)]) {
      const { dataIssues, calculation } = calculate(calculator, {}, data);
      expect(dataIssues.length).toBeGreaterThan(0);
      for (const { message } of dataIssues) expect(message).toMatch(/\.$/);
      expect(calculation).not.toBeNull();
    }
  });
});
