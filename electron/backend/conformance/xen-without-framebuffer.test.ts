/** A Xen server on which nothing has a framebuffer: xenstore has no folder for them, and xenstore-rm says so of what is not there. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { offerOf, Rehearsal } from './rehearsal.test-kit.ts';

it('xen-citrix-pv frees a domain that has a console only', async () => {
  const runs = new Rehearsal();
  let state = await runs.start('xen-citrix-pv');
  while (state.status === 'waiting' && state.current !== 'free') state = await runs.take(state, offerOf(state, 'advance'));
  rmSync(path.join(runs.labFolder(state.runId), 'xenstore/local/domain/0/backend/vfb'), { recursive: true });
  state = await runs.take(state, offerOf(state, 'advance'));
  expect(state.steps.find(({ id }) => id === 'free')?.status, state.says).toBe('done');
  await runs.end();
});
