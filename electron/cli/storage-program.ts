/** The words and options of `wrenchbook storage`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { toWireError } from '../../shared/api/error.ts';
import type { Surroundings } from './commands.ts';
import type { ExitStatus } from './exit-status.ts';
import {
  type CleanOptions,
  cleanStorage,
  keepRun,
  parseSize,
  type RuleOptions,
  renewLedger,
  restoreRun,
  setRule,
  showLog,
  showStorage,
} from './storage-commands.ts';

const json = () => new Option('--json', 'print one JSON document on standard output');
const yes = () => new Option('--yes', 'do not ask');

function daysOrOff(text: string): number | 'off' {
  if (text === 'off') return 'off';
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a number of days, or off.');
  return Number(text);
}
function sizeOrOff(text: string): number | 'off' {
  try {
    return text === 'off' ? 'off' : parseSize(text);
  } catch (thrown) {
    throw new InvalidArgumentError(toWireError(thrown).next);
  }
}

export function addStorage(program: Command, surroundings: Surroundings, command: (work: () => Promise<ExitStatus>) => () => Promise<void>): void {
  const storage = program.command('storage').description('what the runs take up; archive and delete old ones').exitOverride();
  storage
    .command('show', { isDefault: true })
    .description('sizes, the largest runs, the rule')
    .addOption(json())
    .action((options: { json?: boolean }) => command(() => showStorage(surroundings, options))());
  storage
    .command('rule')
    .description('what is archived and deleted by rule; unfinished and kept runs never are')
    .option('--archive-after <days>', 'finished runs older than this, or off', daysOrOff)
    .option('--delete-after <days>', 'finished runs older than this, or off', daysOrOff)
    .option('--keep-below <size>', 'delete the oldest finished runs while all take up more, such as 20GB, or off', sizeOrOff)
    .option('--at-start', 'apply it whenever the app starts')
    .option('--no-at-start', 'apply it only by hand')
    .addOption(json())
    .action((options: RuleOptions) => command(() => setRule(surroundings, options))());
  storage
    .command('clean')
    .description('apply the rule')
    .option('--dry-run', 'only say what would be done')
    .addOption(yes())
    .addOption(json())
    .action((options: CleanOptions) => command(() => cleanStorage(surroundings, undefined, options))());
  for (const action of ['archive', 'delete'] as const)
    storage
      .command(action)
      .description(action === 'archive' ? 'pack finished runs; they can still be read' : 'delete finished runs for good; a line in the log stays')
      .argument('<runs...>')
      .option('--dry-run', 'only say what would be done')
      .addOption(yes())
      .addOption(json())
      .action((runIds: string[], options: CleanOptions) => command(() => cleanStorage(surroundings, { action, runIds }, options))());
  storage
    .command('restore')
    .description('restore an archived run')
    .argument('<run>')
    .action((runId: string) => command(() => restoreRun(surroundings, runId))());
  storage
    .command('keep')
    .description('protect a run from the rules')
    .argument('<run>')
    .option('--off', 'apply the rules to it again')
    .action((runId: string, options: { off?: boolean }) => command(() => keepRun(surroundings, runId, !options.off))());
  storage
    .command('renew-ledger')
    .description('set a damaged ledger aside and begin a new one with the runs that are intact by themselves')
    .addOption(yes())
    .action((options: { yes?: boolean }) => command(() => renewLedger(surroundings, options))());
  storage
    .command('log')
    .description('the runs that were deleted: when, by whom, why')
    .addOption(json())
    .action((options: { json?: boolean }) => command(() => showLog(surroundings, options))());
}
