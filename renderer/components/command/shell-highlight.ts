/** Colours for shell text. Only the shell's grammar is bundled. */
import { createHighlightJsAdapter } from '@mantine/code-highlight';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';

hljs.registerLanguage('bash', bash);

export const shellHighlight = createHighlightJsAdapter(hljs);
