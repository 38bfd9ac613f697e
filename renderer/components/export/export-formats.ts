/** The formats a transcript can be saved in, with what each is for. */
import type { ExportFormat } from '../../../shared/api/transcript.ts';

export interface FormatWords {
  format: ExportFormat;
  label: string;
  /** One plain sentence. */
  what: string;
}

export const formats: readonly FormatWords[] = [
  { format: 'md', label: 'Markdown (.md)', what: 'For a ticket or a wiki: steps, commands, what each step showed, and the record.' },
  { format: 'html', label: 'HTML page (.html)', what: 'One page with a player for the recording; opens in any browser, without network.' },
  { format: 'cast', label: 'Recording (.cast)', what: 'What the terminal showed, as asciicast v3: for asciinema and other players.' },
  { format: 'txt', label: 'Plain text (.txt)', what: 'What stood on the screen, without colours and cursor movement.' },
  { format: 'json', label: 'JSON (.json)', what: 'The whole record for other programs.' },
  { format: 'sudo', label: 'sudo I/O log (a folder)', what: 'A new folder that sudoreplay lists and plays, for archives of sudo sessions.' },
  { format: 'bundle', label: 'Signed bundle (.wbrun)', what: 'The whole run with its files, signed: to be checked by others, or to continue elsewhere.' },
];
