/** A step that cuts the link it comes over, on hosts with an interface of their own: the built command, Debian's ansible-core, real sshds. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topic } from '../../../shared/topic-kit/index.ts';
import { compiled } from '../fleet/compile/compiled.test-kit.ts';
import { writeCompiled } from '../fleet/compile/compiled-folder.ts';
import { bundleRules } from '../fleet/rules/rules-bundle.ts';
import { FleetCommand, whyNoFleetCommand, withStatus } from './fleet-command.test-kit.ts';
import { silent, topic } from './fleet-cut-link-topic.test-kit.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';
import { whyNoNetworks } from './two-networks.test-kit.ts';

const why = whyNoFleetHosts ?? whyNoFleetCommand ?? whyNoNetworks;
if (why) console.log(`No step cuts its link: ${why}.`);

describe.skipIf(why)('a step that cuts its link for 12 seconds, where ssh gives up after 3', { timeout: 900_000 }, () => {
  let hosts: FleetHosts;
  beforeAll(async () => {
    hosts = await FleetHosts.start([{}, {}], { network: true });
    appendFileSync(path.join(hosts.folder, 'config'), 'Host *\n  ServerAliveInterval 1\n  ServerAliveCountMax 2\n');
  }, 600_000);
  afterAll(() => hosts?.stop());
  const book = async (of: Topic) => {
    const rules = await bundleRules(of.id, 'electron/backend/real/fleet-cut-link-topic.test-kit.ts');
    const made = compiled(of, { values: {}, rules });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    return writeCompiled(path.join(hosts.folder, of.id), made.files);
  };

  it('is done in one go where the step says so, and undone in one go', async () => {
    const command = new FleetCommand(hosts, 'said');
    const run = await command.work('run', await book(topic), '--hosts', 'web01');
    expect([run.status, withStatus(run.state, 'done')], run.err).toEqual([0, ['web01']]);
    expect(run.state.attempts.map(({ kind, status }) => [kind, status])).toEqual([['apply', 0]]);
    expect(hosts.on('web01', 'cat /srv/cut')).toBe('done\n');
    const undone = await command.work('undo', run.state.runId);
    expect([undone.status, withStatus(undone.state, 'undone')], undone.err).toEqual([0, ['web01']]);
    expect(hosts.on('web01', 'ls /srv')).not.toContain('cut');
  });

  it('has an unreachable host where it does not', async () => {
    const run = await new FleetCommand(hosts, 'silent').work('run', await book(silent), '--hosts', 'web02');
    // A host that was out of reach is tried again, once: nothing else brings a second attempt.
    expect(run.state.attempts.map(({ kind, status }) => [kind, status])[0], run.err).toEqual(['apply', 4]);
    expect(run.state.attempts.map(({ kind }) => kind)).toEqual(['apply', 'retry']);
  });
});
