import { expect, it } from 'vitest';
import { selectTests } from './changed.mjs';

it.each([
  ['nothing', [], { all: false, folders: [], specs: null, topics: null }],
  ['words only', ['docs/words.md', 'CHANGELOG.md'], { all: false, folders: ['scripts'], specs: null, topics: null }],
  [
    'one procedure and its lab',
    ['shared/topics/a/steps.ts', 'assets/lab/a/rndc'],
    { all: false, folders: ['shared/topics/a', 'electron/backend/real/a', 'electron/backend/conformance'], specs: ['topics', 'a'], topics: ['a'] },
  ],
  [
    'a procedure and the kit',
    ['shared/topics/a/steps.ts', 'shared/topic-kit/matcher.ts'],
    { all: false, folders: ['shared/topics/a', 'electron/backend/real/a', 'electron/backend/conformance'], specs: [], topics: null },
  ],
  ['tools of every lab', ['assets/lab/bin/sleep'], { all: false, folders: ['electron/backend/conformance', 'shared/topics'], specs: [], topics: null }],
  ['the window', ['renderer/app.tsx'], { all: false, folders: [], specs: [], topics: null }],
  ['libraries', ['package-lock.json', 'renderer/app.tsx'], { all: true }],
])('a change of %s', (_, files, selected) => {
  expect(selectTests(files)).toEqual(selected);
});
