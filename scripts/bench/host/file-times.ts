/** Writes and reads a file of random bytes through a session, and checks that it came back whole. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { enterWay } from '../../../electron/backend/consoles/console-hop.ts';
import { SessionFiles } from '../../../electron/backend/sessions/files/session-files.ts';
import { Session } from '../../../electron/backend/sessions/session.ts';
import { folder, root } from '../workspace.ts';

export async function fileTimes(
  shell: readonly [string, ...string[]],
  bytes: number,
  count: number,
  sshConfig?: string,
): Promise<{ write: number[]; read: number[] }> {
  const place = mkdtempSync(path.join(folder('files'), 'file-'));
  const { session } = await Session.open({
    helper: path.join(root, 'assets', 'helper', 'session.sh'),
    shell,
    folder: place,
    environment: { PATH: process.env.PATH ?? '' },
    cols: 80,
    rows: 24,
  });
  if (sshConfig) await enterWay(session, { kind: 'ssh', host: 'machine', configFile: sshConfig }, { signal: new AbortController().signal, asked: () => false });
  const files = new SessionFiles(session);
  const file = { name: 'file', place: sshConfig ? '/tmp/bench-file' : path.join(place, 'file'), follow: false, root: '' };
  const times = { write: [] as number[], read: [] as number[] };
  let was: Buffer | null = null;
  for (let round = 0; round < count; round++) {
    const content = randomBytes(bytes);
    const from = performance.now();
    await files.write(file, was, content, '0600');
    const written = performance.now();
    was = (await files.read(file)).content;
    times.write.push(written - from);
    times.read.push(performance.now() - written);
    if (!was.equals(content)) throw new Error('The file did not come back as it was sent.');
  }
  await session.close();
  rmSync(place, { recursive: true });
  return times;
}
