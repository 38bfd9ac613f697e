/** `npm test -- --changed`: which tests a change can touch. Pure but for `changedFiles`, which asks git. */
import { spawnSync } from 'node:child_process';

/** Paths that differ from `base` (a commit), and those that git does not know yet. Throws with git's own words. */
export function changedFiles(root, base) {
  const ask = (...words) => {
    const { status, stdout, stderr } = spawnSync('git', words, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr.trim()}`);
    return stdout.split('\n').filter(Boolean);
  };
  return [...new Set([...ask('diff', '--name-only', base), ...ask('ls-files', '--others', '--exclude-standard')])];
}

/** What is read or run by tests that do not import it. */
const readBy = [
  [/^assets\/helper\/media\//, ['electron/backend/media']],
  [/^assets\/helper\//, ['electron/backend/sessions', 'electron/backend/runs', 'electron/backend/edits', 'electron/backend/conformance']],
  [/\.sh$/, ['electron/backend/sessions', 'electron/backend/edits', 'electron/backend/targets']],
  [/^assets\/lab\/bin\//, ['electron/backend/conformance', 'shared/topics']],
  [/^(docs|scripts|package|README|LICENSE|electron-builder)/, ['scripts']],
];
const topicOf = (file) => /^(?:shared\/topics|assets\/lab)\/([^/]+)\//.exec(file)?.[1] ?? null;
const inTopic = (file) => topicOf(file) !== null && topicOf(file) !== 'bin' && !file.endsWith('shared/topics/index.ts');
const unseen = (file) => /^(docs|scripts|CHANGELOG|README|LICENSE|\.ci)/.test(file);

/**
 * `all`: the change can touch everything. Else: folders of unit tests beside those that import what changed, and names of specs (null: none,
 * []: all).
 */
export function selectTests(files) {
  if (files.some((file) => /^(package(-lock)?\.json|tsconfig|vitest\.config|electron\.vite)/.test(file))) return { all: true };
  const product = files.filter((file) => !unseen(file));
  const topics = [...new Set(product.filter(inTopic).map(topicOf))];
  const onlyTopics = product.length > 0 && product.every(inTopic);
  const folders = files.flatMap((file) => readBy.filter(([pattern]) => pattern.test(file)).flatMap(([, of]) => of));
  const ofTopics = topics.flatMap((id) => [
    `shared/topics/${id}`,
    `electron/backend/real/${id}`,
    `electron/backend/conformance/topics/${id}`,
    'electron/backend/conformance/patterns',
  ]);
  return {
    all: false,
    folders: [...new Set([...folders, ...ofTopics])],
    specs: product.length === 0 ? null : onlyTopics ? ['topics', ...topics] : [],
  };
}
