/** The hops that lead to a target, and to root there. */
import { consoleWayText } from '../../../../shared/api/console.ts';
import type { Target } from '../../../../shared/api/target.ts';
import type { Way } from '../../consoles/console-hop.ts';
import type { Hop } from '../../sessions/hops/hop.ts';

/** Null where the target is this machine. `configFile`: another ssh configuration than the client's own. */
export function wayTo({ connection }: Pick<Target, 'connection'>, configFile?: string): Way | null {
  if (connection.kind === 'local') return null;
  if (connection.kind === 'console') return { kind: 'console', name: consoleWayText(connection.way), way: () => connection.way };
  const { kind, host, user, port } = connection;
  return {
    kind,
    host,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(configFile === undefined ? {} : { configFile }),
  };
}

export const wayToRoot = ({ root }: Pick<Target, 'root'>): Hop | null => (root === 'none' ? null : { kind: root });
