// `npm run new:topic -- my-topic [--calculator]`: a folder that type-checks, is registered, and fails the conformance suite until filled.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeTopicIndex } from './generate.mjs';
import { calculatorFiles } from './new-calculator.mjs';

const [id, kind] = process.argv.slice(2);
if (!id || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || (kind !== undefined && kind !== '--calculator')) {
  console.error('Usage: npm run new:topic -- topic-id [--calculator]   (lower-case words joined by dashes; --calculator: it has numbers and no steps)');
  process.exit(2);
}
const folder = path.resolve(import.meta.dirname, '../shared/topics', id);
if (existsSync(folder)) {
  console.error(`${folder} is there already. Choose another id, or edit what is there.`);
  process.exit(2);
}
const title = id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

mkdirSync(folder);
if (kind === '--calculator') {
  for (const [file, text] of Object.entries(calculatorFiles(id, title))) writeFileSync(path.join(folder, file), text);
  writeTopicIndex();
  console.log(`Made ${path.relative(process.cwd(), folder)}. Fill topic.ts; docs/adding-a-topic.md says how. Proof: npm run topic -- ${id}`);
  process.exit(0);
}
writeFileSync(
  path.join(folder, 'topic.ts'),
  `/** ${title}. */
import { z } from 'zod';
import { defineTopic, field, sh } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';

const parameters = z.object({
  name: field(z.string().min(1, 'Give a name.').default('example'), { label: 'Name', help: 'What it is for.', control: 'text' }),
});

export const topic = defineTopic({
  id: '${id}',
  version: 1,
  title: '${title}',
  summary: '',
  category: '',
  platforms: [],
  risk: { level: 'changes', text: '' },
  minutes: 5,
  fixes: [],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters,
  labDefaults: {},
  // Kinds of step: manual, command, console, edit (changes a text file, shown before it is written), verify.
  steps: ({ name }) => [
    {
      // Has neither proof nor undo yet: the conformance suite says so.
      id: 'first-step',
      title: 'First step',
      intro: '',
      kind: 'command',
      danger: 'changes',
      runsOn: 'this machine',
      script: sh\`printf '%s\\\\n' \${name} > greeting\`,
      matchers: [],
    },
  ],
  remedies: [],
  lab,
});
`,
);
writeFileSync(
  path.join(folder, 'lab.ts'),
  `/** The rehearsal of ${title}. */
import type { Lab } from '../../topic-kit/index.ts';

export const lab: Lab = {
  scenario: '',
  failures: [],
  facts: {},
  files: () => [],
};
`,
);
writeFileSync(
  path.join(folder, 'topic.test.ts'),
  `import { expect, it } from 'vitest';
import { topic } from './topic.ts';

it('says what it is about', () => {
  for (const text of [topic.summary, topic.category, topic.risk.text, topic.lab.scenario]) expect(text).not.toBe('');
  for (const list of [topic.platforms, topic.fixes, topic.needs, topic.sources, topic.symptoms]) expect(list.length).toBeGreaterThan(0);
});
`,
);
writeTopicIndex();
console.log(`Made ${path.relative(process.cwd(), folder)}. Fill topic.ts and lab.ts; docs/adding-a-topic.md says how. Proof: npm run topic -- ${id}`);
