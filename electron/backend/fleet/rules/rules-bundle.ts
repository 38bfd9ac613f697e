/**
 * The rules of one procedure as one readable program for Node.js: what a compiled role carries. Made when Wrenchbook is built, and by
 * tests; nothing that runs in the app imports this.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'vite';

/** Builds start in the project's folder. */
const here = (file: string) => JSON.stringify(path.resolve(file));

/** `topic`: a module that exports it. */
const program = (topic: string) => `import { readFileSync } from 'node:fs';
import { answer } from ${here('electron/backend/fleet/rules/answer.ts')};
import { topic } from ${here(topic)};
const given = JSON.parse(readFileSync(new URL('values.json', import.meta.url), 'utf8'));
process.stdout.write(JSON.stringify(answer(topic, given, JSON.parse(readFileSync(0, 'utf8')))));
`;

/** The form was checked when the role was compiled: its schemas have no part in the rules. */
const noSchemas = `const nothing = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => '' : nothing),
  apply: () => nothing,
  construct: () => nothing,
});
export const z = nothing;
export default nothing;`;

const parts = (topic: string): Plugin => ({
  name: 'rules-of-one-procedure',
  enforce: 'pre',
  resolveId: (id) => (id === 'virtual:rules' ? '\0rules' : id === 'zod' ? '\0zod' : null),
  load: (id) => (id === '\0rules' ? program(topic) : id === '\0zod' ? noSchemas : null),
  // Neither have the rehearsal and the search. What else uses them keeps its part of these modules.
  transform: (code, id) => (id.endsWith(topic) ? code.replace(/^ {2}(?:lab|search),$/gm, '') : null),
});

/** The program's text. Its folder has to hold values.json; it reads a question from standard input and prints the answer, both JSON. */
export async function bundleRules(topicId: string, topic = `shared/topics/${topicId}/topic.ts`): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [parts(topic)],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: 'node18',
      rollupOptions: {
        input: { rules: 'virtual:rules' },
        treeshake: {
          moduleSideEffects: false,
          propertyReadSideEffects: false,
          manualPureFunctions: ['z', 'field', 'secretField', 'sliderField', 'defineTopic'],
        },
        output: { format: 'es' },
      },
    },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new TypeError('Nothing was built');
  return first.output[0].code;
}

/** For all procedures, `ID.mjs` in a folder. What is newer than all sources stays as it is. */
export async function writeRules(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const newest = newestIn('shared', 'electron/backend/fleet/rules', 'electron/backend/sessions/terminal-text.ts');
  const ids = readdirSync('shared/topics').filter(
    (id) => existsSync(`shared/topics/${id}/topic.ts`) && !readFileSync(`shared/topics/${id}/topic.ts`, 'utf8').includes('defineCalculator'),
  );
  for (const id of ids) {
    const file = path.join(folder, `${id}.mjs`);
    if (!existsSync(file) || statSync(file).mtimeMs < newest) writeFileSync(file, await bundleRules(id));
  }
}

/** Milliseconds since 1970. */
function newestIn(...places: readonly string[]): number {
  const files = places.flatMap((place) =>
    statSync(place).isDirectory() ? readdirSync(place, { recursive: true, encoding: 'utf8' }).map((name) => path.join(place, name)) : [place],
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
