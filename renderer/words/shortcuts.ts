/** The keys of the window, for the list in Settings. */
interface Shortcut {
  keys: readonly string[];
  onMac?: readonly string[];
  does: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['Ctrl', 'Enter'], onMac: ['⌘', 'Enter'], does: 'The main button of the page: check, run, write, answer as recommended' },
  { keys: ['Ctrl', 'K'], onMac: ['⌘', 'K'], does: 'Search everything' },
  { keys: ['F6'], does: 'Go into the terminal, and out of it' },
  { keys: ['Ctrl', 'Shift', 'F'], onMac: ['⌘', 'F'], does: 'Find in the terminal, from inside it' },
  { keys: ['Ctrl', 'Shift', 'C'], onMac: ['⌘', 'C'], does: 'Copy what is selected in the terminal' },
  { keys: ['Ctrl', 'Shift', 'V'], onMac: ['⌘', 'V'], does: 'Paste into the terminal' },
  { keys: ['←', '→'], does: 'Move a divider that has the focus; with Shift, further' },
  { keys: ['?'], does: 'List the keys' },
  { keys: ['Esc'], does: 'Close a dialog, a menu or the search' },
];
