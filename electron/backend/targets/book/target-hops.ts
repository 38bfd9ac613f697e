/** The hops that lead to a target, and to root there. */
import type { Target } from '../../../../shared/api/target.ts';
import type { Hop } from '../../sessions/hops/hop.ts';

/** Null where the target is this machine. `configFile`: another ssh configuration than the client's own. */
export function wayTo({ connection }: Pick<Target, 'connection'>, configFile?: string): Hop | null {
  if (connection.kind === 'local') return null;
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
