/** The media writer with root's rights as a run takes them: behind sudo, doas and pkexec, on a throw-away machine. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { polkitWithRule, ScratchMachine, whyNoMachineWith, whyNoScratchMachine } from '../real/scratch-machine.test-kit.ts';
import type { Hop } from '../sessions/hops/hop.ts';
import { HopSession } from '../sessions/hops/hop-session.test-kit.ts';
import { writerPrelude } from './writer-program.ts';

if (whyNoScratchMachine) console.log(`The media writer is not tried behind sudo and doas: ${whyNoScratchMachine}.`);
const noPolkit = whyNoMachineWith('polkit');
if (noPolkit && !whyNoScratchMachine) console.log(`The media writer is not tried behind pkexec: ${noPolkit}.`);

const setUp = `printf 'wren ALL=(ALL) ALL\\n' >>/etc/sudoers
printf 'permit wren as root\\n' >/etc/doas.conf
mkdir -m 700 /var/only-root
${noPolkit ? '' : polkitWithRule}`;

describe.skipIf(whyNoScratchMachine)('the media writer', () => {
  let machine: ScratchMachine;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { extras: noPolkit ? [] : ['polkit'] });
    machine.know();
  });
  afterAll(() => machine?.stop());

  // sudo and pkexec say on whose behalf they act, and the file is theirs then.
  const ways = [['sudo', 'wren', true], ['doas', 'root', true], ...(noPolkit ? [] : [['pkexec', 'wren', false] as const])] as const;
  it.each(ways)('writes and compares behind %s, where only root may; the file is %s’s', async (kind, owner, asks) => {
    const hop = await HopSession.open({ HOME: machine.folder });
    const script = `${writerPrelude(path.resolve('assets'))}wbmedia write --source /tmp/image-${kind} --to /var/only-root/${kind} --holes leave`;
    try {
      await hop.enter({ kind: 'ssh', host: 'machine', configFile: machine.configFile });
      await hop.run(`dd if=/dev/urandom of=/tmp/image-${kind} bs=1M count=20 2>&1`);
      const refused = await hop.run(script);
      expect([refused.status === 0, refused.text]).toEqual([false, expect.stringContaining('/var/only-root')]);
      const way: Hop = { kind };
      expect(await hop.answer(way, asks ? [[/(password for wren|password): $/i, 'sesame']] : []), hop.text).toMatchObject({ entered: { uid: 0 } });
      const written = await hop.run(`${script} && cmp /tmp/image-${kind} /var/only-root/${kind} && stat -c %U /var/only-root/${kind}`);
      expect(written.status, written.text).toBe(0);
      expect(written.text).toMatch(new RegExp(`${owner}\r\n$`));
      await hop.session.leaveHop();
      expect((await hop.run('id -un')).text).toBe('wren\r\n');
    } finally {
      await hop.session.close();
    }
  });
});
