/** What a topic says of itself, and what lies in its lab's folder: rules for which nothing has to run. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formFields, type Topic } from '../../../shared/topic-kit/index.ts';
import { shellFindings, whyNoShellcheck } from '../real/shellcheck.test-kit.ts';

if (whyNoShellcheck) console.log(`The tools of labs are not looked through by shellcheck: ${whyNoShellcheck}.`);

export function describeOnPaper(topic: Topic): void {
  describe(`${topic.id} on paper`, () => {
    it('says what it is, what its rehearsal plays, and how the trouble shows', () => {
      const { title, summary, category, platforms, risk, fixes, needs, sources, symptoms, lab } = topic;
      for (const [what, text] of Object.entries({ title, summary, category, 'risk.text': risk.text, 'lab.scenario': lab.scenario }))
        expect(text, what).toMatch(/\S/);
      for (const { id, title: name, story } of lab.failures)
        expect([name, story], `failure ${id}`).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
      for (const [what, list] of Object.entries({ platforms, fixes, needs, sources, symptoms })) expect(list.length, what).toBeGreaterThan(0);
    });

    it('has symptoms that their own patterns match', () => {
      for (const { text, pattern } of topic.symptoms) if (pattern) expect(text, 'a symptom as it is shown, and its pattern').toMatch(pattern);
    });

    it('captures in its symptoms only what its form has fields for', () => {
      const fields = formFields(topic.parameters, topic.labDefaults);
      for (const { text, pattern } of topic.symptoms)
        for (const [name, value] of Object.entries(pattern.exec(text)?.groups ?? {})) {
          expect(
            fields.find((field) => field.name === name && !field.secret),
            `a field ${name}`,
          ).toBeDefined();
          if (value !== undefined) expect(topic.parameters.shape[name]?.safeParse(value).error, `${name}, captured from its own symptom`).toBeUndefined();
        }
    });

    const folder = path.resolve('assets/lab', topic.id);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'seen.txt') : [];
    const tools = names.map((name) => path.join(folder, name));
    it('has tools of the lab that can be started, and say that they are simulated', () => {
      for (const tool of tools) {
        const text = readFileSync(tool, 'utf8');
        expect(text, `${tool} says so`).toContain('SIMULATED');
        // What begins otherwise is read by the others.
        if (text.startsWith('#!')) expect(statSync(tool).mode & 0o111, `${tool} has its x bit`).toBe(0o111);
      }
    });

    it.skipIf(whyNoShellcheck)('has tools of the lab in which shellcheck finds nothing', () => {
      expect(shellFindings(tools.filter((tool) => readFileSync(tool, 'utf8').startsWith('#!/bin/sh')))).toBe('');
    });
  });
}
