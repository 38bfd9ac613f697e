/** Into a container of real podman: a system with nothing but busybox, without bash and coreutils. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ScratchMachine, whyNoMachineWith } from '../../real/scratch-machine.test-kit.ts';
import { readFacts } from '../../targets/facts/read-facts.ts';
import { SessionFiles } from '../files/session-files.ts';
import { HopSession } from './hop-session.test-kit.ts';

const missing = whyNoMachineWith('containers');
if (missing) console.log(`Containers are not tried: ${missing}.`);
else console.log('The docker of this test is podman under that name, as the package podman-docker has it.');

/** Two containers of one folder, without a network and without cgroups of their own: the test machine may have none to give. */
const setUp = `
tiny=/srv/tiny
for folder in bin etc proc dev sys tmp run root var home; do mkdir -p "$tiny/$folder"; done
chmod 1777 "$tiny/tmp"
cp "$(command -v busybox)" "$tiny/bin/"
for program in $(busybox --list); do test -e "$tiny/bin/$program" || ln -s busybox "$tiny/bin/$program"; done
printf 'root:x:0:0:root:/root:/bin/sh\\nguest:x:1000:1000:guest:/home:/bin/sh\\n' >"$tiny/etc/passwd"
printf 'NAME="Tiny"\\nID=tiny\\nVERSION_ID=7\\n' >"$tiny/etc/os-release"
mkdir -p /etc/containers /sys
rm -rf /etc/cni/net.d
printf '[containers]\\nlog_driver="k8s-file"\\n[engine]\\ncgroup_manager="cgroupfs"\\nevents_logger="none"\\nruntime="crun"\\n' >/etc/containers/containers.conf
printf '[storage]\\ndriver="vfs"\\nrunroot="/run/containers"\\ngraphroot="/var/tmp/graph"\\n' >/etc/containers/storage.conf
mount -t sysfs sysfs /sys
mount -t cgroup2 -o ro cgroup /sys/fs/cgroup
ln -sf /usr/bin/podman /usr/local/bin/docker
podman run -d --name tiny --cgroups=disabled --network=host --no-hosts --security-opt seccomp=unconfined --rootfs "$tiny" /bin/sleep 3600
cp /etc/wrench-keys/wren /etc/wrench-keys/root
`;

describe.skipIf(missing)('a container', () => {
  let machine: ScratchMachine;
  let hop: HopSession;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, [], { extras: ['containers'] });
    machine.know();
  });
  afterAll(() => machine?.stop());
  beforeEach(async () => {
    hop = await HopSession.open({ HOME: machine.folder });
    await hop.enter({ kind: 'ssh', host: 'machine', user: 'root', configFile: machine.configFile });
  });
  afterEach(() => hop?.session.close());

  it.each(['podman', 'docker'] as const)('of %s is entered as another system, and left', async (kind) => {
    expect(await hop.enter({ kind, container: 'tiny' })).toMatchObject({ entered: { uid: 0, system: 'Linux' } });
    expect(await hop.run('test -t 0 && echo tty; ls -d /home /usr; exit 3')).toEqual({
      status: 3,
      text: 'tty\r\nls: /usr: No such file or directory\r\n/home\r\n',
    });
    const long = hop.run("sh -c 'echo sleeping; exec sleep 60'");
    await hop.seen(/sleeping/);
    hop.session.interrupt();
    expect((await long).status).toBe(130);
    await hop.session.leaveHop();
    expect((await hop.run('command -v podman')).text).toBe('/usr/bin/podman\r\n');
  });

  it('is entered as another user', async () => {
    expect(await hop.enter({ kind: 'podman', container: 'tiny', user: 'guest' })).toMatchObject({ entered: { uid: 1000 } });
  });

  it('says what it is', async () => {
    await hop.enter({ kind: 'podman', container: 'tiny' });
    expect(await readFacts(hop.session, ['vi', 'bash'])).toMatchObject({
      os: { name: 'Tiny', version: '7' },
      user: 'root',
      tools: { vi: expect.stringMatching(/vi$/), bash: null, sudo: null },
    });
  });

  it('gives and takes files byte for byte', async () => {
    await hop.enter({ kind: 'podman', container: 'tiny' });
    const files = new SessionFiles(hop.session);
    const file = { name: '/root/f', place: '/root/f', follow: false, root: '' };
    const content = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), randomBytes(100_000)]);
    await files.write(file, null, content, '0640');
    const { content: back, state } = await files.read(file);
    expect(back.equals(content)).toBe(true);
    expect(state).toMatchObject({ size: content.length });
    expect((await hop.run('wc -c /root/f; ls /root')).text).toMatch(new RegExp(`^${content.length} /root/f\\r\\nf\\r\\n$`));
  });

  it('that is not there is told, and the level before goes on', async () => {
    const outcome = await hop.enter({ kind: 'podman', container: 'nowhere' });
    expect(outcome).toEqual({ status: 125 });
    expect(hop.text).toMatch(/no such container|no container with name/);
    expect((await hop.run('echo here')).text).toBe('here\r\n');
  });
});
