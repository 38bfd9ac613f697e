/** Everything that can be gone to or done from the palette, and what of it a text means. Pure. */

export type RowKind = 'procedure' | 'run' | 'target' | 'step' | 'page' | 'action';

export interface PaletteRow {
  id: string;
  kind: RowKind;
  label: string;
  detail: string;
  /** Searched too, not shown. */
  words?: string;
  /** How well it fits, where another search has found it: 0 to 100. */
  found?: number;
  open(): void;
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Best first; rows that do not fit are left out. Without a text all stay, in the order given. */
export function rankRows(rows: readonly PaletteRow[], text: string): PaletteRow[] {
  const asked = wordsOf(text);
  if (text.trim() === '') return [...rows];
  return rows
    .map((row) => ({ row, fit: Math.max(row.found ?? 0, fitOf(row, text.trim().toLowerCase(), asked)) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ row }) => row);
}

/** Every word that was asked has to begin one of the row's. */
function fitOf({ label, detail, words = '' }: PaletteRow, text: string, asked: readonly string[]): number {
  if (asked.length === 0) return 0;
  const name = label.toLowerCase();
  if (name === text) return 100;
  if (name.startsWith(text)) return 80;
  const inLabel = wordsOf(label);
  const has = (there: readonly string[]) => asked.every((word) => there.some((one) => one.startsWith(word)));
  if (has(inLabel)) return 60;
  return has([...inLabel, ...wordsOf(detail), ...wordsOf(words)]) ? 40 : 0;
}
