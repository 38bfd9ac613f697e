/** The words of `wrenchbook cards`. */
import { type Command, Option } from 'commander';
import { setOption } from './assignments.ts';
import { type CardOptions, showCards } from './card-command.ts';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';
import { likeOption } from './like-run.ts';
import { targetOption } from './machine-targets.ts';

export function addCards(program: Command, surroundings: Surroundings, command: (work: () => Promise<ExitStatus>) => () => Promise<void>): void {
  program
    .command('cards')
    .description('print the cards of a procedure, lines to type elsewhere; runs nothing')
    .argument('<topic>', 'id of the procedure')
    .addOption(targetOption('as for "run"', 'hand'))
    .addOption(new Option('--answers <file>', 'YAML file with parameters'))
    .addOption(likeOption())
    .addOption(setOption())
    .option('--out <folder>', 'save the cards that are files, such as RESCUE.CMD, to this folder')
    .option('--json', 'print one JSON document on standard output')
    .action((topic: string, options: CardOptions) => command(() => showCards(surroundings, topic, options))());
}
