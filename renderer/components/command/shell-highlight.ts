/** Colours for shell text, and none for other text. No other grammar is bundled. */
import { createHighlightJsAdapter } from '@mantine/code-highlight';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import plaintext from 'highlight.js/lib/languages/plaintext';

hljs.registerLanguage('bash', bash);
hljs.registerLanguage('plaintext', plaintext);

export const shellHighlight = createHighlightJsAdapter(hljs);
