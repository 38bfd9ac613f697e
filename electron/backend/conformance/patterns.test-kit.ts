/** Every pattern of the product: the literals of its sources, what `inOrder` and `oneOf` make of them, and what topics build when they plan. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { TargetRef } from '../../../shared/api/topic.ts';
import { inOrder, oneOf } from '../../../shared/topic-kit/index.ts';
import { bounded } from '../../../shared/topics/zsh-migration/bounded-pattern.ts';
import { hopPrompts } from '../sessions/hops/hop-prompts.ts';
import { resolveLabFiles } from '../targets/lab-target.ts';
import { catalogue, procedures } from '../topics/topic-registry.ts';

/** By its text with flags, where it stands. */
export function allPatterns(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (pattern: RegExp, where: string) => {
    if (!found.has(String(pattern))) found.set(String(pattern), where);
  };
  for (const file of productSources()) for (const pattern of patternsIn(file)) add(pattern, file);
  gather(catalogue, 'topics', add);
  gather(hopPrompts, 'hop prompts', add);
  const targets: TargetRef[] = [{ kind: 'lab' }, { kind: 'local' }, { kind: 'hand' }, { kind: 'ssh', host: 'server' } as TargetRef];
  for (const topic of procedures())
    for (const target of targets) {
      const parameters = topic.parameters.parse(resolveLabFiles(topic.labDefaults)) as never;
      gather(topic.steps(parameters, { target, rehearsal: target.kind === 'lab' }), `${topic.id}: steps`, add);
    }
  return found;
}

function productSources(): string[] {
  const files = ['shared', 'electron'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)));
  return files.filter((file) => /\.ts$/.test(file) && !/\.test(-kit|-program)?\.ts$|\.d\.ts$/.test(file)).sort();
}

/** What `bounded` makes: patterns for text whose length has a bound, which may cost its square. By their text, where they stand. */
export function boundedPatterns(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of productSources()) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'bounded' && ts.isNoSubstitutionTemplateLiteral(node.template))
        found.set(String(bounded(Object.assign([], { raw: [node.template.getText(source).slice(1, -1)] }) as unknown as TemplateStringsArray)), file);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function patternsIn(file: string): RegExp[] {
  const patterns: RegExp[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    const pattern = patternOf(node, source);
    if (pattern) patterns.push(pattern);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return patterns;
}

function patternOf(node: ts.Node, source: ts.SourceFile): RegExp | null {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
  }
  if (!ts.isCallExpression(node)) return null;
  const make = { inOrder, oneOf }[node.expression.getText(source)];
  const parts = make && node.arguments.map((part) => patternOf(part, source));
  if (!make || !parts?.every((part) => part !== null)) return null;
  return make(...(parts as [RegExp, RegExp]));
}

/** Patterns in values, however deep. */
function gather(value: unknown, where: string, add: (pattern: RegExp, where: string) => void, seen = new Set<unknown>()): void {
  if (value instanceof RegExp) add(value, where);
  else if (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value);
    // What a schema keeps of itself is the library's.
    if ('_zod' in value) return;
    for (const member of Object.values(value)) gather(member, where, add, seen);
  }
}
