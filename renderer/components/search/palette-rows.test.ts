import { describe, expect, it } from 'vitest';
import { type PaletteRow, rankRows } from './palette-rows.ts';

const row = (id: string, label: string, more: Partial<PaletteRow> = {}): PaletteRow => ({
  id,
  kind: 'action',
  label,
  detail: '',
  open: () => undefined,
  ...more,
});
const rows = [
  row('runs', 'Runs', { kind: 'page' }),
  row('import', 'Import a run …'),
  row('dark', 'Dark colours', { words: 'theme night' }),
  row('web1', 'Web 1', { kind: 'target', detail: 'admin@web1.example · Rack 2' }),
  row('flash', 'Crossflash a card', { kind: 'procedure', found: 69 }),
  row('rehearse', 'Start a rehearsal of Crossflash a card', { words: 'rehearse' }),
];
const ids = (text: string) => rankRows(rows, text).map(({ id }) => id);

describe('rankRows', () => {
  it.each([
    ['runs', ['runs', 'flash']],
    ['run', ['runs', 'flash', 'import']],
    ['import', ['import', 'flash']],
    ['theme', ['flash', 'dark']],
    ['rack', ['flash', 'web1']],
    ['web1', ['flash', 'web1']],
    ['rehearse cross', ['flash', 'rehearse']],
  ])('%s', (text, expected) => expect(ids(text).sort()).toEqual(expected.sort()));

  it('has the name that begins so before one that another search found', () => expect(ids('run')[0]).toBe('runs'));
  it('has what another search found before one that only holds the words', () => expect(ids('card')[0]).toBe('flash'));
  it('leaves out what does not fit', () => expect(rankRows(rows.slice(0, 4), 'zebra')).toEqual([]));
  it('shows everything for nothing', () => expect(ids('  ')).toEqual(rows.map(({ id }) => id)));
  it('finds nothing for signs only', () => expect(rankRows(rows.slice(0, 4), '!!')).toEqual([]));
});
