/** A session and its feed to pages, and nothing kept of it: what a run would cost without journal, recording and digests. */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Session } from '../../../electron/backend/sessions/session.ts';
import { TerminalFeed } from '../../../electron/backend/sessions/terminal-feed.ts';
import { labSession } from '../../../electron/backend/targets/lab-target.ts';
import { renderScript, type Script } from '../../../shared/topic-kit/index.ts';
import { folder, root } from '../workspace.ts';
import type { BenchRun } from './bench-run.ts';

export async function startBareRun(script: Script): Promise<BenchRun> {
  const lab = folder('runs', 'bare', 'lab');
  const { session } = await Session.open(await labSession(lab, { topicId: 'bench', assetsFolder: path.join(root, 'assets') }, { cols: 100, rows: 30 }));
  const feed = new TerminalFeed<object>((paused) => (paused ? session.pause() : session.resume()));
  session.onData((bytes) => feed.push(bytes));
  return {
    runId: `20000101-000000-bare-${randomUUID()}`,
    lab,
    feed,
    type(data) {
      feed.typed();
      session.type(data);
    },
    resize: (cols, rows) => session.resize(cols, rows),
    settled: session
      .run(renderScript(script, (file) => file))
      .then(String, String)
      .finally(() => feed.flush()),
    async end() {
      await session.close();
      feed.close();
    },
  };
}
