import { expect, it } from 'vitest';
import { selectTests } from './changed.mjs';

it.each([
  ['nothing', [], { all: false, folders: [], specs: null }],
  ['words only', ['docs/words.md', 'CHANGELOG.md'], { all: false, folders: ['scripts'], specs: null }],
  [
    'one procedure and its lab',
    ['shared/topics/a/steps.ts', 'assets/lab/a/rndc'],
    {
      all: false,
      folders: ['shared/topics/a', 'electron/backend/real/a', 'electron/backend/conformance/topics/a', 'electron/backend/conformance/patterns'],
      specs: ['topics', 'a'],
    },
  ],
  [
    'a procedure and the kit',
    ['shared/topics/a/steps.ts', 'shared/topic-kit/matcher.ts'],
    {
      all: false,
      folders: ['shared/topics/a', 'electron/backend/real/a', 'electron/backend/conformance/topics/a', 'electron/backend/conformance/patterns'],
      specs: [],
    },
  ],
  ['tools of every lab', ['assets/lab/bin/sleep'], { all: false, folders: ['electron/backend/conformance', 'shared/topics'], specs: [] }],
  ['the window', ['renderer/app.tsx'], { all: false, folders: [], specs: [] }],
  ['libraries', ['package-lock.json', 'renderer/app.tsx'], { all: true }],
])('a change of %s', (_, files, selected) => {
  expect(selectTests(files)).toEqual(selected);
});
