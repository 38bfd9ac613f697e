import { expect, it } from 'vitest';
import { seeText } from './see-text.ts';

it.each([
  [['change', 'change', 'list'], 3, 'See all 3 changes'],
  [['list'], 12, 'See all 12 changes'],
  [['change'], 1, 'See the whole change'],
  [['warning', 'command'], 0, 'See the whole command'],
  [['warning'], 0, 'Read the warning'],
])('of %j with %i files: %s', (unseen, changes, text) => expect(seeText(unseen, changes)).toBe(text));
