/** The words of `wrenchbook symptoms` and `wrenchbook watch`. */
import type { Command } from 'commander';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';
import { findSymptoms } from './symptom-command.ts';
import { watchLog } from './watch-command.ts';

export function addSymptoms(program: Command, { signal }: Surroundings, command: (work: () => Promise<ExitStatus>) => () => Promise<void>): void {
  program
    .command('symptoms')
    .description('find the procedures that a line, a text or a log is about')
    .argument('<text>', 'a line or a description in quotes, the name of a log (also .gz, .xz, .zst, .bz2), or - for standard input')
    .option('--json', 'print one JSON document on standard output: a list, best first')
    .action((text: string, options: { json?: boolean }) => command(() => findSymptoms(text, options, signal))());
  program
    .command('watch')
    .description('follow a log, and say once for each procedure when a symptom of it appears')
    .argument('[file]', 'the log')
    .option('-u, --unit <unit>', 'the journal of a systemd unit instead')
    .option('--json', 'print one JSON object a line on standard output')
    .action((file: string | undefined, options: { unit?: string; json?: boolean }) => command(() => watchLog(file, options, signal))());
}
