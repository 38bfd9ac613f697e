/**
 * Every procedure that compiles: its role, played by Debian's ansible-core, leaves the lab byte for byte as a run in the app leaves it, changes
 * nothing in a check and in a second run, and its undo ends as the run's undo. All of them by `npm run soak -- fleet-end-states`.
 */
import { describe, expect, it } from 'vitest';
import { rounds } from '../../../shared/rounds.test-kit.ts';
import { compilability } from '../fleet/compile/compilable-topics.ts';
import { whyNoAnsible } from './ansible.test-kit.ts';
import { comparedByMeaning, hasWhatIsMeant } from './end-state-files.test-kit.ts';
import { EndStates } from './end-states.test-kit.ts';
import { whyNoLabHosts } from './lab-hosts.test-kit.ts';
import { differences } from './picture.test-kit.ts';

const why = whyNoAnsible ?? whyNoLabHosts;
if (why) console.log(`No end states are compared: ${why}.`);

for (const line of comparedByMeaning) console.log(line);
const all = compilability()
  .filter(({ obstacles }) => obstacles.length === 0)
  .map(({ topicId }) => topicId);
/** In the gate: one with an edit, a handler and commands, and a small one of which something stays when it is undone. */
const sample = ['isc-dhcp-boot-retry', 'ard-361-install'];
const topics = [...new Set([...sample, ...all.slice(0, rounds({ test: 0, soak: all.length }))])];

describe.skipIf(why)('a role in place of a run', () => {
  it.each(topics)('%s: ends as a run in the app does, changes nothing in a check or the second time, and is undone as the run is', async (id) => {
    const states = new EndStates(id);
    try {
      const run = await states.run();
      expect(hasWhatIsMeant(id, run.end)).toBe(true);
      await states.prepare();
      const check = await states.play('site.yml', '--check', '--diff');
      expect([check.status, differences(run.before, check.picture)], check.said).toEqual([0, []]);
      const play = await states.play('site.yml');
      expect([play.status, differences(run.end, play.picture)], play.said).toEqual([0, []]);
      const again = await states.play('site.yml');
      expect([again.status, again.changed, differences(play.picture, again.picture)], again.said).toEqual([0, 0, []]);
      const undo = await states.play('undo.yml');
      expect([undo.status, differences(run.undone, undo.picture)], undo.said).toEqual([0, []]);
    } finally {
      await states.end();
    }
  });
});
