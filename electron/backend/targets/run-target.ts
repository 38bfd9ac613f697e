/** Where a run's scripts run: how its terminal is started, which hops lead there, and what is different in the lab. */
import { homedir } from 'node:os';
import path from 'node:path';
import { WrenchbookError } from '../../../shared/api/error.ts';
import type { TargetRef } from '../../../shared/api/topic.ts';
import type { Rendering, Topic } from '../../../shared/topic-kit/index.ts';
import type { Hop } from '../sessions/hops/hop.ts';
import type { SessionOptions } from '../sessions/session.ts';
import { labFailureTitle } from '../topics/topic-registry.ts';
import { wayTo } from './book/target-hops.ts';
import { labFolder, labPaths, labRendering, labSession, shellEnvironment } from './lab-target.ts';

export interface RunTarget {
  session(size: { cols: number; rows: number }): SessionOptions;
  /** From this machine to where steps run. */
  way: readonly Hop[];
  /** On from there for steps that need root; null where they run as the others do. */
  toRoot: Hop | null;
  /** In a rehearsal: what the target's paths are below, and where its backups lie. */
  lab: typeof labPaths | null;
  /** What relative paths of files that Wrenchbook reads itself start from. */
  files: string;
}

/** `sshConfig`: another configuration than the client's own. */
export function runTarget(
  target: TargetRef,
  runFolder: string,
  { assetsFolder, sshConfig }: { assetsFolder: string; sshConfig?: string | undefined },
): RunTarget {
  if (target.kind === 'lab') {
    const folder = labFolder(runFolder);
    return { session: (size) => labSession(folder, assetsFolder, size), way: [], toRoot: null, lab: labPaths, files: folder };
  }
  const { root = 'sudo' } = target;
  return {
    session: (size) => ({
      helper: path.join(assetsFolder, 'helper', 'session.sh'),
      shell: ['/bin/sh'],
      folder: homedir(),
      environment: shellEnvironment('SSH_AUTH_SOCK', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'),
      ...size,
    }),
    way: [wayTo({ connection: target }, sshConfig)].filter((hop) => hop !== null),
    toRoot: { kind: root },
    lab: null,
    files: '/',
  };
}

/** How a topic's plan is made for a target. Throws `does-not-apply` where it can't run there, `bad-parameters` for an unknown failure. */
export function targetRendering(topic: Topic, target: TargetRef): Rendering {
  if (target.kind === 'lab') return labRendering(labFailureTitle(topic, target));
  const label = targetName(target);
  if (!topic.targets?.includes(target.kind))
    throw new WrenchbookError(
      'does-not-apply',
      `"${topic.title}" does not run on ${label}: ${topic.targets?.length ? `it runs on ${topic.targets.join(' or ')} targets` : 'it is rehearsed only, so far'}.`,
      'Choose the lab, or a target it runs on.',
    );
  if (process.platform === 'win32' && target.kind === 'local')
    throw new WrenchbookError(
      'does-not-apply',
      'This procedure needs a POSIX shell, and this is Windows.',
      'Run Wrenchbook inside WSL, or choose a target over SSH.',
    );
  return { label, rehearsal: false, mapFile: (file) => file };
}

/** A target as it is named everywhere, also in transcripts. */
function targetName(target: Exclude<TargetRef, { kind: 'lab' }>): string {
  if (target.kind === 'local') return 'this machine';
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `${target.user === undefined ? '' : `${target.user}@`}${host}${target.port === undefined ? '' : `:${target.port}`}`;
}
