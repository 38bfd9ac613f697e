import { useHotkeys } from '@mantine/hooks';
import { openPalette, usePalette } from './palette.ts';
import { PaletteDialog } from './palette-dialog.tsx';

/** The palette, and the keys that open it, also while something is typed elsewhere. */
export function SearchEverything() {
  const open = usePalette((state) => state.open);
  useHotkeys([['mod+K', openPalette]], [], true);
  return open && <PaletteDialog />;
}
