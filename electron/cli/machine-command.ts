/** `wrenchbook machine`: all that is known of one machine, and its check-ups as files for others. Nothing is looked at there. */
import type { CheckUp, CheckUpFormat, MachinePage } from '../../shared/api/doctor.ts';
import { WrenchbookError } from '../../shared/api/error.ts';
import { factsText } from '../../shared/api/facts-text.ts';
import { quote } from '../../shared/topic-kit/index.ts';
import { makeApi } from '../../shared/wire/client.ts';
import type { Surroundings } from './commands.ts';
import { checkUpLines } from './doctor-command.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { print, tell } from './output.ts';
import { parseTarget } from './target-words.ts';

export interface MachineOptions {
  json?: boolean;
  /** An earlier one than the last. */
  checkUp?: string;
  export?: CheckUpFormat;
  out?: string;
  /** Names and addresses replaced. */
  forOutside?: boolean;
}

export async function showMachine({ client }: Pick<Surroundings, 'client'>, target: string, options: MachineOptions): Promise<ExitStatus> {
  const api = makeApi(client.call);
  const page = await api.machines.get({ target: parseTarget(target) });
  const chosen = options.checkUp === undefined ? page.checkUp : await ofMachine(page, await api.machines.checkUp({ checkUpId: options.checkUp }));
  if (options.export !== undefined || options.out !== undefined) {
    const { export: format, out, forOutside } = options;
    if (format === undefined || out === undefined)
      throw new WrenchbookError('bad-parameters', 'An export needs a format and a file.', 'Give --export FORMAT and --out PATH.');
    if (!chosen) throw new WrenchbookError('not-found', `No check-up of ${page.name} is kept.`, `Check it first: wrenchbook doctor --target ${quote(target)}`);
    const { path, bytes } = await api.machines.export({ checkUpId: chosen.id, format, out, ...(forOutside && { outside: true }) });
    tell(`${path}: ${bytes} bytes`);
    return exitStatus.done;
  }
  if (options.json) print(JSON.stringify({ ...page, checkUp: chosen }, null, 2));
  else print(machineLines({ ...page, checkUp: chosen }, target).join('\n'));
  return exitStatus.done;
}

function ofMachine({ place, name }: MachinePage, checkUp: CheckUp): CheckUp {
  if (checkUp.place === place) return checkUp;
  throw new WrenchbookError('not-found', `${checkUp.id} is a check-up of ${checkUp.name}, not of ${name}.`, 'Name one of its own.');
}

/** `target`: as it was given, so that what comes next can be typed. */
export function machineLines({ name, facts, checkUp, checkUps, troubles, runs }: MachinePage, target: string): string[] {
  return [
    name,
    facts ? `  ${factsText(facts)} (${facts.readAt})` : '  It has not said yet what it is.',
    ...troubles.map((trouble) => `  ${trouble}`),
    '',
    ...(checkUp
      ? [`Check-up ${checkUp.id}, ${checkUp.at}`, '', ...checkUpLines(checkUp, target, true)]
      : [`No check-up is kept. Check it: wrenchbook doctor --target ${quote(target)}`]),
    '',
    `Check-ups: ${checkUps.length}`,
    ...checkUps.map(
      ({ id, at, affected, deep, category }) => `  ${id}  ${at}  ${affected} applied${deep ? ', as root' : ''}${category ? `, only ${category}` : ''}`,
    ),
    '',
    `Runs: ${runs.length}`,
    ...runs.map(({ runId, status, topicTitle }) => `  ${runId}  ${status}  ${topicTitle}`),
  ];
}
