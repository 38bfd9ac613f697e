/** The words of `wrenchbook calc`. */
import { type Command, Option } from 'commander';
import { setOption } from './assignments.ts';
import { type CalcOptions, calculateTopic } from './calc-command.ts';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';

export function addCalc(program: Command, surroundings: Surroundings, command: (work: () => Promise<ExitStatus>) => () => Promise<void>): void {
  program
    .command('calc')
    .description('calculate with a topic that has numbers and no steps; runs nothing')
    .argument('<topic>', 'id of the calculator')
    .addOption(new Option('--answers <file>', 'YAML file with parameters'))
    .addOption(setOption())
    .option('--data <file>', 'data to calculate with, if the topic accepts any')
    .option('--svg <file>', 'save the picture as SVG (PNG: in the window)')
    .option('--csv <file>', 'save what the picture shows as a table')
    .option('--picture <id>', 'which picture to save, if there are several (default: the first)')
    .option('--json', 'print one JSON document on standard output')
    .action((topic: string, options: CalcOptions) => command(() => calculateTopic(surroundings, topic, options))());
}
