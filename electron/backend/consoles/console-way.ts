/** Opens the way to a console, and knows how its far end speaks. */
import { homedir } from 'node:os';
import type { ConsoleDialectName, ConsoleWay } from '../../../shared/api/console.ts';
import { shellEnvironment, shellVariables } from '../sessions/workstation-shell.ts';
import type { Carrier } from './carriers/carrier.ts';
import { CommandCarrier, type ConsoleCommand } from './carriers/command-carrier.ts';
import { ipmiConsole, virshConsole, xlConsole } from './carriers/console-commands.ts';
import { FifoCarrier } from './carriers/fifo-carrier.ts';
import { SerialCarrier } from './carriers/serial-carrier.ts';
import { arrayCli } from './dialects/array-cli.ts';
import type { ConsoleDialect } from './dialects/console-dialect.ts';
import { grub } from './dialects/grub.ts';
import { login } from './dialects/login.ts';
import { uefiShell } from './dialects/uefi-shell.ts';

export const dialects: Readonly<Record<ConsoleDialectName, ConsoleDialect>> = { 'uefi-shell': uefiShell, login, grub, 'array-cli': arrayCli };

/** Rejects with WrenchbookError `session` or `bad-parameters`. */
export async function openWay(way: ConsoleWay): Promise<Carrier> {
  switch (way.by) {
    case 'serial':
      return SerialCarrier.open(way);
    case 'fifo':
      return FifoCarrier.open(way.path);
    default:
      return new CommandCarrier(consoleCommand(way), { folder: homedir(), environment: shellEnvironment([...shellVariables, 'SSH_AUTH_SOCK', 'TERM']) });
  }
}

export function consoleCommand(way: Exclude<ConsoleWay, { by: 'serial' | 'fifo' }>): ConsoleCommand {
  switch (way.by) {
    case 'ipmi':
      return ipmiConsole({ host: way.host, user: way.user, ...(way.port !== undefined && { port: way.port }) });
    case 'virsh':
      return virshConsole({ domain: way.domain, ...(way.connection !== undefined && { connection: way.connection }) });
    case 'xl':
      return xlConsole(way);
    case 'command': {
      const [program = '', ...args] = way.words;
      return { program, args };
    }
  }
}
