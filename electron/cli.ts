/** The terminal command: the same backend as the app, in this process. */
import path from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { toWireError } from '../shared/api/error.ts';
import { exportFormat } from '../shared/api/transcript.ts';
import { carrierPair } from '../shared/wire/carrier.ts';
import { makeClient } from '../shared/wire/client.ts';
import { createBackend } from './backend/backend.ts';
import { dataFolder } from './backend/data-folder.ts';
import { listTopics, listTranscripts, type RunOptions, resumeRun, runTopic, showTranscript, tell, verifyTranscript } from './cli/commands.ts';
import { exitStatus, statusOfError } from './cli/exit-status.ts';
import { type ExportOptions, exportTranscript } from './cli/export-command.ts';

const abort = new AbortController();
const backend = createBackend({
  dataFolder: dataFolder(process.env),
  // out/main/cli.cjs stands two folders below the package.
  assetsFolder: path.resolve(import.meta.dirname, '../../assets'),
  version: packageFile.version,
  log: (line) => {
    if (process.env.WRENCHBOOK_DEBUG) tell(line);
  },
});
const [here, there] = carrierPair();
backend.serve(there, 'cli');
const surroundings = { client: makeClient(here), signal: abort.signal };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => abort.abort(new Interrupted(signal)));
}
class Interrupted extends Error {}

let status: number = exitStatus.done;
const command = (work: () => Promise<number>) => async () => {
  status = await work();
};
const json = () => new Option('--json', 'print one JSON document on standard output');
const answersFile = () => new Option('--answers <file>', 'YAML file with parameters, confirmations and answers');

const program = new Command('wrenchbook')
  .description(packageFile.description)
  .version(packageFile.version)
  .exitOverride()
  .showHelpAfterError('(see wrenchbook --help)');
program
  .command('topics')
  .description('list the procedures')
  .addOption(json())
  .action((options: { json?: boolean }) => command(() => listTopics(surroundings, options))());
program
  .command('run')
  .description('run a procedure')
  .argument('<topic>', 'id of the procedure')
  .requiredOption('--target <target>', 'lab, or lab:FAILURE to rehearse a named failure', 'lab')
  .addOption(answersFile())
  .option('--print-answers', 'print a filled answers file for the happy path and run nothing')
  .addOption(json())
  .action((topic: string, options: RunOptions) => command(() => runTopic(surroundings, topic, options))());
program
  .command('resume')
  .description('go on with a run that was left or interrupted')
  .argument('<run>', 'id of the run')
  .addOption(answersFile())
  .addOption(json())
  .action((run: string, options: Omit<RunOptions, 'target'>) => command(() => resumeRun(surroundings, run, options))());

const transcripts = program.command('transcripts').description('list, read, export and verify the records of runs').exitOverride();
transcripts
  .command('list')
  .addOption(json())
  .action((options: { json?: boolean }) => command(() => listTranscripts(surroundings, options))());
transcripts
  .command('show')
  .argument('<run>')
  .addOption(json())
  .action((run: string, options: { json?: boolean }) => command(() => showTranscript(surroundings, run, options))());
transcripts
  .command('export')
  .argument('<run>')
  .addOption(new Option('--format <format>').choices(exportFormat.options).makeOptionMandatory())
  .requiredOption('--out <path>', 'file to write, or a new folder for the format sudo')
  .option('--for-outside', 'replace the names of machines and people, and network addresses')
  .action((run: string, options: ExportOptions) => command(() => exportTranscript(surroundings, run, options))());
transcripts
  .command('verify')
  .argument('<run>')
  .addOption(json())
  .action((run: string, options: { json?: boolean }) => command(() => verifyTranscript(surroundings, run, options))());

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
    tell('\nInterrupted. The run stays as it is; see "wrenchbook transcripts list" and "wrenchbook resume".');
    return exitStatus.interrupted;
  }
  const error = toWireError(thrown);
  tell(`${error.message} ${error.next}`);
  return statusOfError(thrown);
}

void main();
