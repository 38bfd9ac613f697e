/** Holds all texts to docs/words.md: names phrases that a native administrator would not write, by file and line, with the better word. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Only phrases that are wrong in every sense. The last column is a made text that has the phrase. */
const phrases: readonly (readonly [RegExp, string, string])[] = [
  [/\bonce more\b/i, 'again', 'Run the step once more.'],
  [/\banew\b/i, 'again, new', 'Begin the run anew.'],
  [
    /\b(?:go|goes|going|gone|went) on(?=[.,;:!?)]|$| (?:with|at|from|after|when|until|by|in|and|elsewhere|there|without)\b)/i,
    'continue',
    'The run goes on with step 3.',
  ],
  [/\b(?:take|takes|taken|taking|took) (?:it |them |that |all |this )?back\b/i, 'undo', 'The step is taken back.'],
  [/\bways? back\b(?! to\b)/i, 'undo, cannot be undone', 'There is no way back here.'],
  [/\bways? out\b/i, 'fix, remedy', 'Ways out are shown here.'],
  [/\ball the same\b/i, 'anyway', 'The step runs all the same.'],
  [/\blook(?:s|ed|ing)? whether\b/i, 'check that, check whether', 'Look whether the card answers.'],
  [/\b(?:a|the) look (?:whether|before|at|ends|found)\b/i, 'check', 'The look before a run only reads.'],
  [/\bas (?:it|they) (?:stands?|stood)\b/i, 'as it is', 'The file stays as it stands.'],
  [/\b(?:this|it|that|which) is no(?! (?:longer|more|less|different|use|good)\b) [a-z]/i, 'is not a', 'This is no file at all.'],
  [
    /(?<!you |nobody |somebody )\b(?:is|are|was|be) told(?! (?:apart|to|what|whether|how|why|which|where|about|when|by|from)\b)/i,
    'say, show',
    'The cause is told at once.',
  ],
  [/\b(?:take|takes|taken|taking|took) in (?:a|an|the|from|as|what|here|elsewhere)\b/i, 'import', 'The command takes in a run.'],
  [/\b(?:put|puts|putting) (?:it|them|that|the \w+|this) right\b/i, 'fix', 'Put the line right first.'],
  [/\bspeaks? (?:for|against|of) (?:it|that|them|this)\b/i, 'points to, points away from', 'The output speaks for it.'],
  [/\bat stake\b/i, 'affects', 'This is what is at stake.'],
  [/\bmade a mistake\b/i, 'internal error', 'Wrenchbook made a mistake here.'],
  [/\bwhere (?:not|none|neither)\b/i, 'if not, if there is none', 'Where none is, it stops.'],
  [/\b(?:can|cannot|can’t|can't|to|not) be had\b/i, 'is (not) available', 'The binary can’t be had here.'],
  [/\bmade to last\b/i, 'persistent', 'The setting is made to last.'],
  [/\bstands? (?:there|open)\b/i, 'is there, is open', 'The mark stands there already.'],
  [/\bsigns? no more\b|\bcounts? no more\b|\bno more of\b/i, 'no longer', 'The key counts no more.'],
];

interface Text {
  readonly line: number;
  readonly text: string;
}
const isProse = (text: string) => /[\p{L}\d’'-]+\s+[\p{L}\d’'-]+\s+[\p{L}\d’'-]/u.test(text);

/** String literals, templates and JSX texts of a source that have at least three words. */
function textsOf(file: string, source: string): Text[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const texts: Text[] = [];
  const keep = (node: ts.Node, text: string) => {
    if (isProse(text)) texts.push({ line: parsed.getLineAndCharacterOfPosition(node.getStart(parsed)).line + 1, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) keep(node, node.text.replace(/\s+/g, ' ').trim());
    else if (ts.isTemplateExpression(node)) {
      // A value between two words is a word of its own, so it ends a phrase.
      keep(node, [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('…'));
      for (const span of node.templateSpans) visit(span.expression);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return texts;
}

/** Lines of a page, without the titles of tests that it cites. */
const linesOf = (page: string): Text[] =>
  page.split('\n').map((text, at) => ({ line: at + 1, text: text.replace(/“[^”]*”/g, '“”').replace(/(?<=\.(?:test|spec)\.tsx?` |", )"[^"]+"/g, '""') }));

const found = (file: string, texts: readonly Text[]): string[] =>
  texts.flatMap(({ line, text }) =>
    phrases.flatMap(([phrase, better]) => {
      const match = phrase.exec(text);
      return match === null ? [] : [`${file}:${line}: “${match[0]}” (better: ${better}) in: ${text.slice(Math.max(0, match.index - 40), match.index + 80)}`];
    }),
  );
const filesIn = (folder: string) => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
const inSource = (file: string, source: string) => found(file, textsOf(file, source));

it('is plain English in topics, engine, window and terminal command', () => {
  const files = ['shared', 'renderer', 'electron']
    .flatMap((folder) => filesIn(folder))
    // How people ask is in their words.
    .filter((file) => !/topics\/[^/]+\/search\.ts$/.test(file))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|test-kit|test-program)\.|\/(?:conformance|real)\//.test(file));
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => inSource(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
});

it('is plain English on every page of the documentation', () => {
  const pages = ['README.md', ...filesIn('docs')].filter((page) => /^(?:README|docs\/[\w-]+)\.md$/.test(page) && page !== 'docs/words.md');
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.flatMap((page) => found(page, linesOf(readFileSync(path.join(root, page), 'utf8'))))).toEqual([]);
});

it('names each phrase, with its file and line, in strings, templates, JSX and pages, and none in comments and cited titles', () => {
  expect(phrases.length).toBeLessThanOrEqual(25);
  for (const [phrase, better, example] of phrases) {
    for (const source of [
      `const a = 1;\nconst b = '${example.replaceAll("'", "\\'")}';`,
      `\nconst b = \`${example} $\{a} \`;`,
      `\nconst b = <b>${example}</b>;`,
    ])
      expect(inSource('x.tsx', source), String(phrase)).toEqual([expect.stringMatching(/^x\.tsx:2: /)]);
    expect(inSource('x.ts', `// ${example}\nconst a = 1;`)).toEqual([]);
    expect(found('x.md', linesOf(`A line.\n${example}`))).toEqual([expect.stringContaining(`(better: ${better})`)]);
    expect(found('x.md', linesOf(`| a | \`a.test.ts\` “${example}” |\n| a | \`a.test.ts\` "does it", "${example}" |`))).toEqual([]);
  }
});
