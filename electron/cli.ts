/** The terminal command: the same backend as the app, in this process. */
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { consoleDialect } from '../shared/api/console.ts';
import { checkUpFormat } from '../shared/api/doctor.ts';
import { toWireError } from '../shared/api/error.ts';
import { runStatus } from '../shared/api/run.ts';
import { exportFormat } from '../shared/api/transcript.ts';
import { carrierPair } from '../shared/wire/carrier.ts';
import { makeClient } from '../shared/wire/client.ts';
import { createBackend } from './backend/backend.ts';
import { dataFolder } from './backend/data-folder.ts';
import { type Silence, unwatchedSilenceMs } from './backend/sessions/hops/way-watch.ts';
import { addCalc } from './cli/calc-program.ts';
import { addCards } from './cli/card-program.ts';
import { checkTopic } from './cli/check-command.ts';
import { listTopics, type RunOptions, resumeRun, runTopic, showTranscript, undoRun } from './cli/commands.ts';
import { consoleWords } from './cli/console-words.ts';
import { forgetKey, importRun, listKeys, trustKey, verifyTranscript } from './cli/custody.ts';
import { showDevices } from './cli/device-command.ts';
import { type DoctorOptions, doctor } from './cli/doctor-command.ts';
import { type ExitStatus, exitStatus, statusOfError } from './cli/exit-status.ts';
import { type ExportOptions, exportTranscript } from './cli/export-command.ts';
import { addFleet } from './cli/fleet-program.ts';
import { addFleetRuns } from './cli/fleet-run-program.ts';
import { compareTranscripts, type ListOptions, listTranscripts } from './cli/history-commands.ts';
import { likeOption } from './cli/like-run.ts';
import { type MachineOptions, showMachine } from './cli/machine-command.ts';
import { targetOption } from './cli/machine-targets.ts';
import { outliveReaders, print, tell } from './cli/output.ts';
import { addStorage } from './cli/storage-program.ts';
import { addSymptoms } from './cli/symptom-program.ts';
import { addTargets } from './cli/target-program.ts';

const abort = new AbortController();
/** Set by --silence; where nobody is there, nobody ends the waiting by hand. */
const silence: Silence = process.stdin.isTTY ? {} : { ms: unwatchedSilenceMs, nobody: true };
const silenceOption = () =>
  new Option('--silence <seconds>', 'how long the path to the target may stay silent (default: 600; 120 with nobody at the terminal)').argParser((text) => {
    const seconds = Number(text);
    if (!/^\d{1,5}$/.test(text) || seconds < 5) throw new InvalidArgumentError('Give a number of seconds, 5 or more.');
    silence.ms = seconds * 1000;
    return seconds;
  });
// out/main/cli.cjs stands two folders below the package.
const assetsFolder = path.resolve(import.meta.dirname, '../../assets');
const rulesFolder = path.resolve(import.meta.dirname, '../fleet');
const backend = createBackend({
  dataFolder: dataFolder(process.env),
  assetsFolder,
  rulesFolder,
  version: packageFile.version,
  sshConfig: process.env.WRENCHBOOK_SSH_CONFIG,
  silence,
  symptomWorker: path.join(import.meta.dirname, 'symptom-worker.cjs'),
  historyWorker: path.join(import.meta.dirname, 'history-worker.cjs'),
  log: (line) => {
    if (process.env.WRENCHBOOK_DEBUG) tell(line);
  },
  tell,
});
const [here, there] = carrierPair();
backend.serve(there, 'cli');
const surroundings = { client: makeClient(here), signal: abort.signal };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => abort.abort(new Interrupted(signal)));
}
class Interrupted extends Error {}
outliveReaders();

let status: number = exitStatus.done;
const command = (work: () => Promise<ExitStatus>) => async () => {
  status = await work();
};
const keyOption = () => new Option('--key <fingerprint>', 'the key that must have signed it (default: any trusted key)');
const json = () => new Option('--json', 'print one JSON document on standard output');
const answersFile = () => new Option('--answers <file>', 'YAML file with parameters, confirmations and answers');

const passwordFd = () =>
  new Option('--password-fd <number>', 'open file descriptor whose first line is the password for ssh and sudo, when nobody is at the terminal');

const program = new Command('wrenchbook')
  .description(packageFile.description)
  .version(packageFile.version)
  .exitOverride()
  .configureOutput({ writeOut: (text) => print(text.replace(/\n$/, '')), writeErr: (text) => tell(text.replace(/\n$/, '')) })
  .showHelpAfterError('(see wrenchbook --help)');
program
  .command('topics')
  .description('list the procedures')
  .addOption(json())
  .action((options: { json?: boolean }) => command(() => listTopics(surroundings, options))());
addSymptoms(program, surroundings, command);
program
  .command('check')
  .description('check whether a procedure applies to a target; reads only')
  .argument('<topic>', 'id of the procedure')
  .addOption(targetOption('as for "run"', 'local'))
  .option('--root <way>', 'how to become root, if it is needed: sudo (default), doas, su or pkexec')
  .addOption(answersFile())
  .addOption(likeOption())
  .addOption(silenceOption())
  .addOption(json())
  .action((topic: string, options: Parameters<typeof checkTopic>[2]) => command(() => checkTopic(surroundings, topic, options))());
program
  .command('doctor')
  .description('look for all procedures that could be about a machine; reads only')
  .option('--target <target>', 'local, ssh:[USER@]HOST[:PORT], or the name of a target in "wrenchbook targets list"', 'local')
  .option('--root <way>', 'how to become root, with --deep: sudo (default), doas, su or pkexec')
  .option('--category <name>', 'only procedures of this category')
  .option('--deep', 'also look at what only root can read')
  .option('--all', 'show the findings that are ignored, too')
  .option('--ignore <finding>', 'from now on ignore this finding on the target; looks at nothing')
  .option('--because <text>', 'with --ignore: why it is none here')
  .option('--unignore <finding>', 'no longer ignore this finding; looks at nothing')
  .addOption(silenceOption())
  .addOption(json())
  .action((options: DoctorOptions) => command(() => doctor(surroundings, options))());
program
  .command('machine')
  .description('show what is known of a machine: its facts, check-ups, runs, and what changed since it was set up')
  .argument('<target>', 'local, ssh:[USER@]HOST[:PORT], or the name of a target in "wrenchbook targets list"')
  .option('--check-up <id>', 'an earlier check-up than the last one')
  .addOption(new Option('--export <format>', 'write the check-up to a file; "signed" is the record itself').choices(checkUpFormat.options))
  .option('--out <path>', 'with --export: file to write, or a new folder for the format sudo')
  .option('--for-outside', 'with --export: replace the names of machines and people, and network addresses')
  .addOption(json())
  .action((target: string, options: MachineOptions) => command(() => showMachine(surroundings, target, options))());
addCalc(program, surroundings, command);
addCards(program, surroundings, command);
const fleet = addFleet(program, surroundings, { rules: rulesFolder, assets: assetsFolder }, command);
addFleetRuns(fleet, surroundings, command);
program
  .command('run')
  .description('run a procedure')
  .argument('<topic>', 'id of the procedure')
  .addOption(
    targetOption(
      `lab, lab:FAILURE to rehearse a named failure, hand for a machine you type at yourself, local, ssh:[USER@]HOST[:PORT], or console:WAY, where WAY is ${consoleWords}, or the name of a target in "wrenchbook targets list"`,
      'lab',
    ),
  )
  .option('--dialect <dialect>', `console type: ${consoleDialect.options.join(', ')} (default: uefi-shell, or what the list of targets says)`)
  .option('--root <way>', 'how steps become root on a real target, if they need it: sudo (default), doas, su or pkexec')
  .addOption(answersFile())
  .addOption(likeOption())
  .addOption(passwordFd())
  .addOption(silenceOption())
  .option(
    '--print-answers',
    'print an answers file and run nothing: complete for a rehearsal; for a real target with fields to fill in, and with what --answers already has',
  )
  .addOption(json())
  .action((topic: string, options: RunOptions) => command(() => runTopic(surroundings, topic, options))());
program
  .command('resume')
  .description('continue a run that was left or interrupted')
  .argument('<run>', 'id of the run')
  .addOption(answersFile())
  .addOption(passwordFd())
  .addOption(silenceOption())
  .addOption(json())
  .action((run: string, options: Omit<RunOptions, 'target'>) => command(() => resumeRun(surroundings, run, options))());

program
  .command('undo')
  .description('undo a run, as far as possible')
  .argument('<run>', 'id of the run')
  .option('--from <step>', 'only this step and those after it')
  .option('--yes', 'do not ask')
  .addOption(passwordFd())
  .addOption(silenceOption())
  .addOption(json())
  .action((run: string, options: Parameters<typeof undoRun>[2]) => command(() => undoRun(surroundings, run, options))());

const transcripts = program.command('transcripts').description('list, read, export and verify the records of runs').exitOverride();
transcripts
  .command('list')
  .description('list the runs, newest first')
  .option('--search <text>', 'only runs with all of these words; the last one may be unfinished; put "phrases" in quotes')
  .option('--topic <id>', 'only runs of this procedure')
  .option('--host <host>', 'only runs on this target, by its name in the list')
  .addOption(new Option('--outcome <outcome>', 'only runs with this outcome').choices(runStatus.options))
  .option('--from <date>', 'only runs started on this day or later, such as 2026-11-23 (UTC)')
  .option('--to <date>', 'only runs started on this day or earlier')
  .addOption(json())
  .action((options: ListOptions) => command(() => listTranscripts(surroundings, options))());
transcripts
  .command('compare')
  .description('show what differs between two runs of one procedure')
  .argument('<run>')
  .argument('<other>')
  .addOption(json())
  .action((left: string, right: string, options: { json?: boolean }) => command(() => compareTranscripts(surroundings, left, right, options))());
transcripts
  .command('show')
  .description('show a run: its steps, what was found, and whether its record is intact')
  .argument('<run>')
  .addOption(json())
  .action((run: string, options: { json?: boolean }) => command(() => showTranscript(surroundings, run, options))());
transcripts
  .command('export')
  .description('write the transcript of a run to a file')
  .argument('<run>')
  .addOption(new Option('--format <format>', 'form of the export').choices(exportFormat.options).makeOptionMandatory())
  .requiredOption('--out <path>', 'file to write, or a new folder for the format sudo')
  .option('--for-outside', 'replace the names of machines and people, and network addresses')
  .action((run: string, options: ExportOptions) => command(() => exportTranscript(surroundings, run, options))());
transcripts
  .command('verify')
  .description('check that a run, a bundle (.wbrun) of one or of a fleet run, or the record of a check-up (.wbcheck) is unchanged since it was written')
  .argument('<run or file>')
  .addOption(keyOption())
  .addOption(json())
  .addHelpText('after', '\nExit status: 0 intact, 2 no such run or file, 3 not intact,\n6 the run is intact, but the ledger of this data folder is damaged.')
  .action((what: string, options: { key?: string; json?: boolean }) => command(() => verifyTranscript(surroundings, what, options))());

program
  .command('import')
  .description('import a run from a bundle (.wbrun), to read it or to continue it here')
  .argument('<file>')
  .option('--key <fingerprint>', 'the key that must have signed it; it is trusted here from then on (default: any trusted key)')
  .option('--once', 'trust the key for this run only')
  .addOption(json())
  .action((file: string, options: { key?: string; once?: boolean; json?: boolean }) => command(() => importRun(surroundings, file, options))());
program
  .command('devices')
  .description('list the disks of this machine, and say which an image can be written to')
  .addOption(json())
  .action((options: { json?: boolean }) => command(() => showDevices(surroundings, options))());
addStorage(program, surroundings, command);
addTargets(program, surroundings, command, silenceOption);
const keys = program.command('keys').description('show this computer’s signing key, and manage the trusted keys').exitOverride();
keys
  .command('list', { isDefault: true })
  .description('list this computer’s signing key and the trusted keys')
  .addOption(json())
  .action((options: { json?: boolean }) => command(() => listKeys(surroundings, options))());
keys
  .command('trust')
  .description('trust a key from now on')
  .argument('<key>', 'its fingerprint (SHA256:…), or the public key itself')
  .requiredOption('--name <name>', 'owner of the key')
  .action((key: string, { name }: { name: string }) => command(() => trustKey(surroundings, key, name))());
keys
  .command('forget')
  .description('stop trusting a key; what it signed stays')
  .argument('<fingerprint>')
  .action((fingerprint: string) => command(() => forgetKey(surroundings, fingerprint))());

async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (thrown) {
    status = statusOf(thrown);
  }
  await backend.close().catch((thrown: unknown) => tell(toWireError(thrown).message));
  process.exit(status);
}

function statusOf(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitStatus.done : exitStatus.usage;
  if (thrown instanceof Interrupted || (thrown instanceof Error && thrown.name === 'AbortError')) {
    tell('\nInterrupted. A run stays as it is; see "wrenchbook transcripts list" and "wrenchbook resume".');
    return exitStatus.interrupted;
  }
  const error = toWireError(thrown);
  tell(`${error.message} ${error.next}`);
  return statusOfError(thrown);
}

void main();
