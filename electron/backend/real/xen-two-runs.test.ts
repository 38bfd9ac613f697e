/** Two whole runs on one Xen server, each for a domain of its own: they share the wrapper. Its toolstack is the rehearsal's; files, root and ssh are real. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lab } from '../../../shared/topics/xen-citrix-pv/lab.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

if (whyNoScratchMachine) console.log(`Two runs on one Xen server are not tried: ${whyNoScratchMachine}.`);

const wrapper = '/usr/lib/xen/bin/qemu-dm-citrixpv';
/** The server's own files, and the state of its simulated toolstack in /lab. */
const put = lab
  .files(null)
  .map(({ path: name, content }) => {
    const to = name.startsWith('root/') ? name.slice(4) : `/lab/${name}`;
    return `mkdir -p '${path.dirname(to)}'; printf %s ${Buffer.from(content).toString('base64')} | base64 -d >'${to}'`;
  })
  .join('\n');
const packed = (folder: string, what: string) => execFileSync('tar', ['-czf', '-', '-C', path.resolve('assets/lab', folder), what]).toString('base64');

describe.skipIf(whyNoScratchMachine)('two runs on one Xen server', () => {
  let machine: ScratchMachine;
  const topics: RealTopic[] = [];

  beforeAll(async () => {
    machine = await ScratchMachine.start(`${passwordlessSudo}
mkdir -p /lab
mkdir /usr/local/common
printf %s ${packed('xen-citrix-pv', '.')} | base64 -d | tar -xzf - -C /usr/local/bin
printf %s ${packed('common', 'lab-library')} | base64 -d | tar -xzf - -C /usr/local/common
sed -i '1a WRENCHBOOK_LAB=/lab' /usr/local/common/lab-library /usr/local/bin/lab-xen
${put}
ln -s / /lab/root
chmod 755 /usr/lib/xen/bin/qemu-dm`);
    machine.know();
  }, 600_000);
  afterAll(async () => {
    for (const topic of topics) await topic.end();
    await machine?.stop();
  });
  const topicFor = (domains: string) => {
    const topic = new RealTopic(machine, 'xen-citrix-pv', { toolstack: 'xm', domains, delay: '2' });
    topics.push(topic);
    return topic;
  };
  const text = (file: string) => machine.asRoot(`cat ${file} 2>&1 || :`);

  it('share its wrapper: taking back the first one leaves it to the second', { timeout: 600_000 }, async () => {
    const before = text('/etc/xen/win2008.cfg');
    const first = topicFor('win2008');
    const one = await first.run();
    expect(one.says, troublesOf(one)).toBe('Done and verified.');
    const alone = text(wrapper);
    const second = topicFor('files /etc/xen/vm/files');
    const two = await second.run();
    expect(two.says, troublesOf(two)).toBe('Done and verified.');
    expect(text(wrapper)).toContain('# for files /etc/xen/vm/files');

    const undone = await first.undo(one);
    expect(undone.steps.find(({ id }) => id === 'wrap')?.status, troublesOf(undone)).not.toBe('undone');
    expect(text('/etc/xen/win2008.cfg')).toBe(before);
    expect(text(wrapper)).toContain('# for files /etc/xen/vm/files');
    // The second one's domain starts with it as before.
    machine.asRoot('xm shutdown -w files && xm create /etc/xen/vm/files');
    expect(await second.look()).toMatchObject({ verdict: 'already-fixed' });

    // With nobody else in it, each takes back what it wrote.
    const back = await second.undo(two);
    expect(back.status, troublesOf(back)).toBe('undone');
    expect(text(wrapper)).toBe(alone);
    expect(text('/etc/xen/vm/files')).not.toContain('citrixpv');
    const ended = await first.undo(undone);
    expect(ended.status, troublesOf(ended)).toBe('undone');
    expect(text(wrapper)).toContain('No such file');
  });
});
