// `npm run topic -- ID [--real [--record]]`: all that proves one topic, and what makes it complete. `--real`: its real check too, which may take
// minutes; `--record`: what the real tools say there is kept beside the lab as seen.txt, and rehearsals have to look like it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTopicIndex } from './generate.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [id, ...flags] = process.argv.slice(2);
const isReal = flags[0] === '--real';
const isRecorded = isReal && flags[1] === '--record';
const folder = path.join(root, 'shared/topics', id ?? '');
if (!id || !existsSync(path.join(folder, 'topic.ts')) || flags.length !== Number(isReal) + Number(isRecorded)) {
  console.error(`Usage: npm run topic -- ID [--real [--record]]   (ID: a folder of shared/topics${id ? `; there is no ${id}` : ''})`);
  process.exit(2);
}
writeTopicIndex();

const real = readdirSync(path.join(root, 'electron/backend/real')).filter((name) => name.startsWith(id) && name.endsWith('.test.ts'));
const conformance = `electron/backend/conformance/topics/${id}.test.ts`;
const isProcedure = existsSync(path.join(root, conformance));
const tests = [
  `shared/topics/${id}`,
  ...(isProcedure ? [conformance] : ['electron/backend/conformance/calculators.test.ts']),
  ...(isReal ? real.map((name) => `electron/backend/real/${name}`) : []),
];
const { status } = spawnSync('npx', ['vitest', 'run', ...tests], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, ...(isRecorded && { WRENCHBOOK_SEEN: 'write' }) },
});

const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
const has = (pattern) => sources.some((name) => !name.includes('.test') && pattern.test(readFileSync(path.join(folder, name), 'utf8')));
const parts = [
  ['tests above', status === 0],
  ['tests of its own beside its parts', sources.some((name) => name.endsWith('.test.ts'))],
  ...(isProcedure
    ? [
        ['probe: does it apply?', has(/\bprobe\b/)],
        ['three failures that people meet', (readFileSync(path.join(folder, 'lab.ts'), 'utf8').match(/stopsAt:/g) ?? []).length >= 3],
        [`real check (electron/backend/real/${id}.test.ts)${real.length > 0 && !isReal ? ', with --real it is run' : ''}`, real.length > 0],
      ]
    : []),
  ['what the real tools said, beside the lab (seen.txt; --real --record)', real.length === 0 || existsSync(path.join(root, 'assets/lab', id, 'seen.txt'))],
  ['words by which people find it (search.ts)', existsSync(path.join(folder, 'search.ts'))],
  ['a picture', has(/\bpictures\b/)],
  ['a row in docs/trials.md, where it has a real check', real.length === 0 || readFileSync(path.join(root, 'docs/trials.md'), 'utf8').includes(`real/${id}`)],
];
console.log(`\n${id} is complete when it has:`);
for (const [what, there] of parts) console.log(`  ${there ? 'yes' : 'NO '}  ${what}`);
console.log(`Then look at it: npm start, both schemes; read its page aloud (docs/words.md); an entry in CHANGELOG.md.`);
process.exit(status ?? 1);
