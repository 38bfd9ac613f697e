/** The words and options of `wrenchbook targets`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { consoleDialect } from '../../shared/api/console.ts';
import { rootWay } from '../../shared/api/target.ts';
import type { Surroundings } from './commands.ts';
import { consoleWords } from './console-words.ts';
import type { ExitStatus } from './exit-status.ts';
import { addTarget, type EntryOptions, editTarget, importTargets, listTargets, removeTarget, showFacts, testTarget } from './target-commands.ts';

const json = () => new Option('--json', 'print one JSON document on standard output');

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value < 1 || value > 65_535) throw new InvalidArgumentError('Give a port from 1 to 65535.');
  return value;
}
const gathered = (text: string, before: string[] = []) => [...before, ...text.split(',').filter(Boolean)];

export function addTargets(
  program: Command,
  surroundings: Surroundings,
  command: (work: () => Promise<ExitStatus>) => () => Promise<void>,
  silence: () => Option,
): void {
  const targets = program.command('targets').description('manage the machines that procedures run on').exitOverride();
  const withEntry = (made: Command) =>
    made
      .option('--name <name>', 'its name in the list')
      .option('--host <host>', 'host name, address, or a Host of your ssh configuration')
      .option('--user <user>', 'user to log in as (default: as ssh is configured)')
      .option('--port <port>', 'ssh port (default: as ssh is configured)', port)
      .option('--local', 'this machine')
      .option('--console <way>', `a console: ${consoleWords}`)
      .option('--console-command', 'a console behind your own program: give the program and its arguments after --')
      .addOption(new Option('--dialect <dialect>', 'console type').choices(consoleDialect.options))
      .addOption(new Option('--root <way>', 'how to become root there').choices(rootWay.options))
      .option('--group <group>', 'its group in the list')
      .option('--tag <tag>', 'a word to find it by; may be repeated', gathered)
      .option('--note <text>', 'anything worth knowing; nothing secret')
      .addOption(json());
  targets
    .command('list', { isDefault: true })
    .description('list the targets')
    .option('--group <group>', 'only targets of this group')
    .option('--tag <tag>', 'only targets with this tag; may be repeated', gathered)
    .addOption(json())
    .action((options: { group?: string; tag?: string[]; json?: boolean }) => command(() => listTargets(surroundings, options))());
  const words = 'with --console-command: the program and its arguments';
  withEntry(targets.command('add').description('add a target; passwords are never stored').argument('[words...]', words)).action(
    (words: string[], options: EntryOptions) => command(() => addTarget(surroundings, { ...options, words }))(),
  );
  withEntry(targets.command('edit').description('change the given settings of a target').argument('<target>').argument('[words...]', words)).action(
    (target: string, words: string[], options: EntryOptions) => command(() => editTarget(surroundings, target, { ...options, words }))(),
  );
  targets
    .command('remove')
    .description('remove a target from the list')
    .argument('<target>')
    .action((target: string) => command(() => removeTarget(surroundings, target))());
  targets
    .command('import')
    .description('add hosts of your ssh configuration and known_hosts; without names, list them')
    .argument('[hosts...]')
    .addOption(json())
    .action((hosts: string[], options: { json?: boolean }) => command(() => importTargets(surroundings, hosts, options))());
  targets
    .command('test')
    .description('test the connection and root access, and say what fails')
    .argument('<target>')
    .addOption(silence())
    .addOption(json())
    .action((target: string, options: { json?: boolean }) => command(() => testTarget(surroundings, target, options))());
  targets
    .command('facts')
    .description('show the system of a target, as it reported when it was last reached')
    .argument('<target>')
    .addOption(json())
    .action((target: string, options: { json?: boolean }) => command(() => showFacts(surroundings, target, options))());
}
