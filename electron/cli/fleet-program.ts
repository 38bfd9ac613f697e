/** The words of `wrenchbook fleet`. */
import { type Command, Option } from 'commander';
import type { FleetFolders } from '../backend/fleet/compile/role-programs.ts';
import { setOption } from './assignments.ts';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';
import { compileFleet, type FleetOptions } from './fleet-command.ts';
import { likeOption } from './like-run.ts';
import { maxFailOption, serialOption, stopAtOption } from './rollout-options.ts';

/** Returns the command, for what else there is about fleets. */
export function addFleet(
  program: Command,
  surroundings: Surroundings,
  folders: FleetFolders,
  command: (work: () => Promise<ExitStatus>) => () => Promise<void>,
): Command {
  const fleet = program.command('fleet').description('run a procedure on many hosts, by Ansible').exitOverride();
  fleet
    .command('compile')
    .description('write a procedure as an Ansible role with playbooks; runs nothing')
    .argument('[topic]', 'id of the procedure')
    .option('--to <folder>', 'a new folder, or one with an earlier compilation')
    .option('--inventory <file>', 'inventory that the playbooks use')
    .addOption(new Option('--answers <file>', 'YAML file with parameters, confirmations and steps done by hand, as for "run"'))
    .addOption(setOption())
    .addOption(likeOption())
    .addOption(serialOption('hosts at a time, batch by batch, such as 1,10,25% (default: 1,10)'))
    .addOption(maxFailOption('share of a batch that may fail before the rest is left alone (default: 0)'))
    .addOption(stopAtOption())
    .addOption(
      new Option('--without <machine>', 'leave out an optional machine of a procedure with several').argParser(
        (text: string, before: readonly string[] = []) => [...before, text],
      ),
    )
    .option('--list', 'say for each procedure whether it can be compiled, and if not, why')
    .option('--json', 'print one JSON document on standard output')
    .action((topic: string | undefined, options: FleetOptions) => command(() => compileFleet(surroundings, topic, options, folders))());
  return fleet;
}
