/**
 * The shell text every terminal is measured with. It waits for Enter and pours a little, so that code on both sides is
 * compiled; waits for Enter again, pours all, and shows that the end was reached.
 */
import { anywhere, type Script, sh } from '../../shared/topic-kit/index.ts';

export const readyText = 'BENCH-READY';
export const warmText = 'BENCH-WARM';
export const endText = 'BENCH-END';
export const warmBytes = 4_000_000;

const onEmptyScreen = (text: string): Script => sh`printf '\\033[0m\\033[2J\\033[H%s\\n' ${text}`;

/** Pours a file `times` over. */
export const pourScript = (file: string, times = 1): Script => sh`stty -echo
${onEmptyScreen(readyText)}
read -r go
head -c ${warmBytes} ${anywhere(file)}
${onEmptyScreen(warmText)}
read -r go
for again in ${Array.from({ length: times }, (_, index) => index)}; do cat ${anywhere(file)}; done
${onEmptyScreen(endText)}`;

/** Pours without end, with the terminal's own echo of what is typed in between. */
export const floodScript = (file: string): Script => sh`while :; do cat ${anywhere(file)}; done`;

/** Pours without end until Ctrl-C, so many times one after the other; each end makes a file `stopped-NUMBER` in the lab. */
export const stoppableFloods = (file: string, times: number): Script => sh`trap : INT
for number in ${Array.from({ length: times }, (_, index) => index)}; do
  (
    trap ": >stopped-$number; exit" INT
    while :; do cat ${anywhere(file)}; done
  )
done`;

/** Does nothing, with the terminal's own echo. */
export const idleScript: Script = sh`sleep 3600`;
