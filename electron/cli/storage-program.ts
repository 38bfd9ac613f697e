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
  const storage = program.command('storage').description('show how much space the runs use; archive and delete old ones').exitOverride();
  storage
    .command('show', { isDefault: true })
    .description('show sizes, the largest runs and the rule')
    .addOption(json())
    .action((options: { json?: boolean }) => command(() => showStorage(surroundings, options))());
  storage
    .command('rule')
    .description('show or change the rule for archiving and deleting; it never touches unfinished or kept runs')
    .option('--archive-after <days>', 'archive finished runs older than this; off: never', daysOrOff)
    .option('--delete-after <days>', 'delete finished runs older than this; off: never', daysOrOff)
    .option('--keep-below <size>', 'delete the oldest finished runs while all runs use more than this, such as 20GB; off: no limit', sizeOrOff)
    .option('--at-start', 'apply it whenever the app starts')
    .option('--no-at-start', 'apply it only with "storage clean"')
    .addOption(json())
    .action((options: RuleOptions) => command(() => setRule(surroundings, options))());
  storage
    .command('clean')
    .description('apply the rule')
    .option('--dry-run', 'only show what would be done')
    .addOption(yes())
    .addOption(json())
    .action((options: CleanOptions) => command(() => cleanStorage(surroundings, undefined, options))());
  for (const action of ['archive', 'delete'] as const)
    storage
      .command(action)
      .description(action === 'archive' ? 'pack finished runs; they can still be read' : 'delete finished runs permanently; the log keeps a line about each')
      .argument('<runs...>')
      .option('--dry-run', 'only show what would be done')
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
    .description('set a damaged ledger aside and start a new one with the runs that are intact on their own')
    .addOption(yes())
    .action((options: { yes?: boolean }) => command(() => renewLedger(surroundings, options))());
  storage
    .command('log')
    .description('list the deleted runs: when, by whom, why')
    .addOption(json())
    .action((options: { json?: boolean }) => command(() => showLog(surroundings, options))());
}
