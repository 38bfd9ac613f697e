/** What the suites of the crossflash on a (virtual) server have in common. Apart from the server, which tests of the app use without a backend. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { CrossflashServer } from './crossflash-server.test-kit.ts';
import { buildFlashers } from './uefi-server.test-kit.ts';

/** For each test of a suite a server and a backend of its own, with flashers that are built once. */
export function eachWithServer(): { readonly flashers: string; readonly there: CrossflashServer; readonly runs: Rehearsal } {
  const flashers = mkdtempSync(path.join(tmpdir(), 'wb-flashers-'));
  let there: CrossflashServer;
  let runs: Rehearsal;
  beforeAll(() => buildFlashers(flashers));
  beforeEach(() => {
    there = new CrossflashServer(flashers);
    runs = new Rehearsal();
  });
  afterEach(async () => {
    await runs.end();
    await there.remove();
  });
  afterAll(() => rmSync(flashers, { recursive: true, force: true }));
  return {
    flashers,
    get there() {
      return there;
    },
    get runs() {
      return runs;
    },
  };
}
