/** The shell text every terminal is measured with: it waits for Enter, pours, and shows that all of it was there. */
import { type Script, sh } from '../../shared/topic-kit/index.ts';

export const readyText = 'BENCH-READY';
export const endText = 'BENCH-END';

/** Pours a file `times` over. */
export const pourScript = (file: string, times = 1): Script => sh`stty -echo
printf '\\033c${sh`BENCH-READY`}\\n'
read -r go
for again in ${Array.from({ length: times }, (_, index) => index)}; do cat ${file}; done
printf '\\033[0m\\033[2J\\033[H${sh`BENCH-END`}\\n'`;

/** Pours without end, with the terminal's own echo of what is typed in between. */
export const floodScript = (file: string): Script => sh`while :; do cat ${file}; done`;

/** Does nothing, with the terminal's own echo. */
export const idleScript: Script = sh`sleep 3600`;
