import { describe, expect, it } from 'vitest';
import type { LinkState } from '../../shared/api/link.ts';
import { linkWait } from './link.ts';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const link = (more: Partial<LinkState>): LinkState => ({ kind: 'lost', since: at(0), nextTryAt: null, until: null, tries: 1, says: '', ...more });

describe('linkWait', () => {
  it.each([
    [link({}), 3, 'Waiting for 3 s. Trying now.'],
    [link({ tries: 2 }), 3, 'Waiting for 3 s. Trying now, for the 2nd time.'],
    [link({ tries: 12 }), 63, 'Waiting for 1 min 03 s. Trying now, for the 12th time.'],
    [link({ nextTryAt: at(70) }), 65, 'Waiting for 1 min 05 s. Next try in 5 s.'],
    [link({ kind: 'restarting', nextTryAt: at(8), until: at(600) }), 6, 'Waiting for 6 s. Next try in 2 s. It stops in 9 min 54 s.'],
    [link({ nextTryAt: at(1) }), 2, 'Waiting for 2 s. Trying now.'],
  ])('%#', (state, now, words) => expect(linkWait(state, now * 1000)).toBe(words));
});
