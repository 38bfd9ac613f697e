/** The part of `wrenchbook fleet` that runs playbooks. */
import { type Command, Option } from 'commander';
import { fleetExportFormat } from '../../shared/api/fleet.ts';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';
import { type FleetDoctorOptions, fleetDoctor, showFindings } from './fleet-doctor-command.ts';
import {
  continueFleet,
  exportFleet,
  findHosts,
  type HostOptions,
  listFleets,
  type RunOptions,
  runFleet,
  type StartOptions,
  showFleet,
  stopFleet,
} from './fleet-run-command.ts';
import { maxFailOption, serialOption, stopAtOption } from './rollout-options.ts';

type Work = (work: () => Promise<ExitStatus>) => () => Promise<void>;

const several = (value: string, before: string[] = []) => [...before, value];
const hostOptions = () => [
  new Option('--hosts <list>', 'hosts with ranges: web[01:25].example.com, web01..25, admin@db1:2222; [ROLE=]LIST, may be repeated').argParser(several),
  new Option('--hosts-file <file>', 'such a list in a file, - for standard input').argParser(several),
  new Option('--inventory <path>', 'an Ansible inventory, a file or folder; PATH#GROUP for one of its groups').argParser(several),
  new Option('--tag <tag>', 'targets of "wrenchbook targets list" with this tag or group').argParser(several),
  new Option('--ssh-config <pattern>', 'Hosts of your ssh configuration, such as "web*"').argParser(several),
];
const startOptions = () => [
  new Option('--yes', 'do not ask before it runs'),
  new Option('--ask-become', 'ask for the password for sudo, once for all hosts'),
  new Option('--ask-ssh', 'ask for the password for ssh, once for all hosts (needs sshpass)'),
  new Option('--password-fd <number>', 'open file descriptor whose first line is the password for sudo'),
  new Option('--secrets-fd <number>', 'open file descriptor whose first line has the secret variables as JSON'),
  new Option('--json', 'print one JSON document on standard output'),
];
const json = () => new Option('--json', 'print one JSON document on standard output');

/** Adds its commands to `fleet`. */
export function addFleetRuns(fleet: Command, surroundings: Surroundings, command: Work): void {
  const withOptions = (made: Command, options: readonly Option[]) => options.reduce((all, option) => all.addOption(option), made);
  withOptions(fleet.command('run').description('run a compiled playbook on many hosts, by Ansible').argument('<folder>'), [...hostOptions(), ...startOptions()])
    .option('--check', 'only show what would change; nothing is changed')
    .addOption(serialOption('hosts at a time, batch by batch, such as 1,10,25% (default: as it was compiled)'))
    .addOption(maxFailOption('share of a batch that may fail before the rest is left alone (default: as it was compiled)'))
    .addOption(stopAtOption())
    .action((folder: string, options: HostOptions & StartOptions & RunOptions) => command(() => runFleet(surroundings, folder, options))());
  for (const [name, text] of [
    ['resume', 'continue on the hosts that are not done, also after a crash'],
    ['retry', 'run it again on the hosts that failed or were out of reach'],
    ['undo', 'undo it on the hosts that were changed'],
  ] as const)
    withOptions(fleet.command(name).description(text).argument('<run>'), startOptions()).action((run: string, options: StartOptions) =>
      command(() => continueFleet(surroundings, run, name, options))(),
    );
  fleet
    .command('stop')
    .description('stop the Ansible of a fleet run that outlived its Wrenchbook')
    .argument('<run>')
    .option('--kill', 'kill all of its processes')
    .action((run: string, options: { kill?: boolean }) => command(() => stopFleet(surroundings, run, options))());
  withOptions(fleet.command('hosts').description('list the hosts that are chosen, and what was left out'), [...hostOptions(), json()]).action(
    (options: HostOptions) => command(() => findHosts(surroundings, options))(),
  );
  withOptions(fleet.command('doctor').description('run the checks of all procedures on many hosts; it only reads'), [...hostOptions(), ...startOptions()])
    .option('--category <name>', 'only procedures of this category')
    .option('--deep', 'with root’s rights, for what only root can read')
    .action((options: FleetDoctorOptions) => command(() => fleetDoctor(surroundings, options))());
  fleet
    .command('findings')
    .description('show what a check-up of many hosts says')
    .argument('<run>')
    .addOption(json())
    .action((run: string, options: { json?: boolean }) => command(() => showFindings(surroundings, run, options))());
  fleet
    .command('runs')
    .description('list the fleet runs, newest first')
    .addOption(json())
    .action((options: { json?: boolean }) => command(() => listFleets(surroundings, options))());
  fleet
    .command('show')
    .description('show a fleet run host by host, and whether its record is intact')
    .argument('<run>')
    .addOption(json())
    .action((run: string, options: { json?: boolean }) => command(() => showFleet(surroundings, run, options))());
  fleet
    .command('export')
    .description('write the transcript of a fleet run, with every host’s part, to a file')
    .argument('<run>')
    .addOption(new Option('--format <format>', 'form of the export').choices(fleetExportFormat.options).makeOptionMandatory())
    .requiredOption('--out <path>', 'file to write')
    .action((run: string, options: Parameters<typeof exportFleet>[2]) => command(() => exportFleet(surroundings, run, options))());
}
