/** A fleet that stops at a number of failed hosts, over all batches: the built command, Debian's ansible-core, real sshds. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../fleet/compile/compiled.test-kit.ts';
import { writeCompiled } from '../fleet/compile/compiled-folder.ts';
import { bundleRules } from '../fleet/rules/rules-bundle.ts';
import { cellsOf, FleetCommand, whyNoFleetCommand, withStatus } from './fleet-command.test-kit.ts';
import { FleetHosts, whyNoFleetHosts } from './fleet-hosts.test-kit.ts';
import { topic } from './fleet-stop-at-topic.test-kit.ts';

const why = whyNoFleetHosts ?? whyNoFleetCommand;
if (why) console.log(`No fleet stops at failed hosts: ${why}.`);

describe.skipIf(why)('a fleet that stops at failed hosts', { timeout: 900_000 }, () => {
  let hosts: FleetHosts;
  let book = '';
  const worked = (...names: string[]) => names.filter((name) => hosts.on(name, 'cat /srv/work 2>/dev/null || :') !== '');
  beforeAll(async () => {
    const kinds = ['', 'down', 'broken', '', 'lost', '', '', ''];
    hosts = await FleetHosts.start(kinds.map((kind) => ({ down: kind === 'down', setUp: kind === 'broken' || kind === 'lost' ? `touch /srv/${kind}` : '' })));
    const made = compiled(topic, { values: {}, rules: await bundleRules(topic.id, 'electron/backend/real/fleet-stop-at-topic.test-kit.ts') });
    if ('obstacles' in made) throw new Error(JSON.stringify(made.obstacles));
    book = writeCompiled(path.join(hosts.folder, 'book'), made.files);
  }, 600_000);
  afterAll(() => hosts?.stop());

  it('counts over all batches those that answered and did not get through; the batch that runs is finished, no other begins, and nothing comes by itself', async () => {
    const run = await new FleetCommand(hosts, 'one').work('run', book, '--hosts', 'web[01:08]', '--serial', '2', '--stop-at', '2');
    expect([withStatus(run.state, 'done'), withStatus(run.state, 'failed')], run.err).toEqual([['web01', 'web04', 'web06'], ['web03']]);
    expect([withStatus(run.state, 'unreachable'), withStatus(run.state, 'pending')]).toEqual([
      ['web02', 'web05'],
      ['web07', 'web08'],
    ]);
    expect([run.status, run.state.status, run.state.attempts.map(({ kind }) => kind)]).toEqual([3, 'failed', ['apply']]);
    expect(run.state.says).toContain('Enough hosts have failed (limit 2): web03, web05. No further batch begins.');
    expect(cellsOf(run.state, 'web07')).toEqual(['pending']);
    expect(run.state.offers).toContainEqual({ kind: 'resume', hosts: 5 });
    expect(run.state.hostRows.slice(6).map(({ says }) => says)).toEqual([
      'It was not begun: enough hosts had failed.',
      'It was not begun: enough hosts had failed.',
    ]);
    expect(worked('web06', 'web07', 'web08')).toEqual(['web06']);
  });

  it('begins all batches without the number, whatever failed before', async () => {
    const command = new FleetCommand(hosts, 'two');
    const names = ['--hosts', 'web03 web04 web07 web08', '--serial', '2'];
    const stopped = await command.work('run', book, ...names, '--stop-at', '1');
    expect(withStatus(stopped.state, 'pending'), stopped.err).toEqual(['web07', 'web08']);
    const through = await command.work('run', book, ...names, '--max-fail', '100');
    expect([withStatus(through.state, 'done'), withStatus(through.state, 'failed')], through.err).toEqual([['web04', 'web07', 'web08'], ['web03']]);
    expect(worked('web07', 'web08')).toEqual(['web07', 'web08']);
  });
});
