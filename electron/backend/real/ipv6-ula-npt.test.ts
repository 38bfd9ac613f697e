/**
 * A router between a network with local addresses and a provider that routes it a prefix, each in a network namespace of its own: what a
 * server outside sees of a host inside, and whether the host can be reached from there.
 */
import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { labels } from '../../../shared/topics/ipv6-ula-npt/hosts.ts';
import { addressText, npt, parsePrefix, wordsOf } from '../../../shared/topics/ipv6-ula-npt/npt-mapping.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineThatBoots } from './scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

const packages = ['nftables', 'iptables', 'iputils-ping', 'iproute2'];
const why = whyNoNetworks ?? whyNoMachineThatBoots(packages);
if (why) console.log(`Prefix translation is not tried: ${why}.`);

const ula = 'fd12:3456:789a::/48';
const gua = '2001:db8:aaaa::/48';
const host = 'fd12:3456:789a:1::10';
const outside = '2001:db8:ffff::2';
const router = '2001:db8:ffff::1';
const flush = 'nft flush ruleset; for table in raw mangle nat filter; do ip6tables -t $table -F; ip6tables -t $table -X; done';
// What a kernel would have forgotten at a boot. Only the network's part of /proc/sys can be written, and that is the namespace's own.
const powerOn = `${flush}
mount --bind /proc/sys/net /proc/sys/net
mount -o remount,bind,rw /proc/sys/net
sysctl -q net.ipv6.conf.all.forwarding=0`;

const ip = (...args: string[]) => execFileSync('ip', args, { encoding: 'utf8', stdio: 'pipe' });
/** Runs a program of Node in a network namespace. */
const inside = (namespace: string, program: string, ...args: string[]) => [
  'netns',
  'exec',
  namespace,
  process.execPath,
  '-e',
  `const net = require('node:net');${program}`,
  ...args,
];

describe.skipIf(why)('a router with a local prefix', () => {
  const lan = `wb-lan-${process.pid}`;
  const children: ChildProcessByStdio<Writable, Readable, null>[] = [];
  let networks: TwoNetworks;
  let machine: ScratchMachine;
  let topic: RealTopic | undefined;

  const start = async (namespace: string, program: string, ...args: string[]) => {
    const child = spawn('ip', inside(namespace, program, ...args), { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child;
  };
  /** Tells each who connects as whom it sees them. */
  const tellsWho =
    "net.createServer((socket) => { socket.on('error', () => {}); socket.end(socket.remoteAddress); }).listen(7, '::', () => console.log('listens'));";
  /** As whom a server sees who connects from this namespace; empty where nobody answers. */
  const seenAs = (namespace: string, server: string) =>
    spawnSync(
      'ip',
      inside(
        namespace,
        "net.connect(7, process.argv[1]).on('error', () => {}).setTimeout(2000, function () { this.destroy(); }).pipe(process.stdout);",
        server,
      ),
      {
        encoding: 'utf8',
      },
    ).stdout;

  beforeAll(async () => {
    networks = new TwoNetworks();
    const [near, far] = [networks.near.namespace, networks.far.namespace];
    ip('netns', 'add', lan);
    ip('-n', near, 'link', 'add', 'eth1', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', lan);
    // As the rehearsal has them.
    ip('-n', near, 'link', 'set', 'inner', 'down');
    ip('-n', near, 'link', 'set', 'inner', 'name', 'eth0');
    for (const [namespace, dev, address] of [
      [near, 'eth1', 'fd12:3456:789a:1::1/64'],
      [lan, 'eth0', `${host}/64`],
      [near, 'eth0', `${router}/64`],
      [far, 'outer', `${outside}/64`],
    ] as const) {
      ip('-n', namespace, 'link', 'set', dev, 'up');
      ip('-n', namespace, 'address', 'add', address, 'dev', dev, 'nodad');
    }
    for (const namespace of [near, far, lan]) ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('-n', lan, 'address', 'add', '192.0.2.10/24', 'dev', 'eth0');
    ip('-n', lan, 'route', 'add', 'default', 'via', '192.0.2.1');
    ip('-n', lan, '-6', 'route', 'add', 'default', 'via', 'fd12:3456:789a:1::1');
    ip('-n', near, '-6', 'route', 'add', 'default', 'via', outside);
    ip('-n', far, '-6', 'route', 'add', gua, 'via', router);
    machine = await ScratchMachine.start(`${passwordlessSudo}\nln -s xtables-nft-multi /usr/sbin/ip6tables`, [], {
      packages,
      at: networks.near,
      boot: { units: ['systemd-sysctl.service', 'npt.service'], powerOn },
    });
    machine.know();
    await start(far, tellsWho);
    await start(lan, tellsWho);
  }, 600_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await machine?.stop();
    spawnSync('ip', ['netns', 'del', lan]);
    networks?.remove();
  });
  beforeEach(() => {
    machine.asRoot(flush);
  });
  afterEach(() => topic?.end());

  const begin = (way: string) => {
    topic = new RealTopic(machine, 'ipv6-ula-npt', { ula, gua, lan: 'eth1', ext: 'eth0', outside, way });
    return topic;
  };
  const [from, to, words] = [parsePrefix(ula), parsePrefix(gua), wordsOf(host)];
  if (!from || !to || !words) throw new Error('The prefixes of this test are none');
  const mapped = { nft: '2001:db8:aaaa:1::10', iptables: '2001:db8:aaaa:1::10', npt: addressText(npt(words, from, to) ?? []) };

  it.each(['nft', 'iptables', 'npt'] as const)(
    'translates both ways by %s, from outside too, and not once that was undone',
    { timeout: 600_000 },
    async (way) => {
      const run = begin(way);
      const far = networks.far.namespace;
      expect(seenAs(lan, outside)).toBe('');
      expect(await run.look()).toMatchObject({ verdict: 'affected' });
      // Another's rule, and a session to the router that is open all the time.
      machine.asRoot('ip6tables -t nat -A POSTROUTING -o another -j MASQUERADE');
      await start(
        networks.near.namespace,
        "net.createServer((socket) => socket.pipe(socket)).listen(process.argv[1], '::', () => console.log('listens'));",
        way === 'nft' ? '8001' : way === 'iptables' ? '8002' : '8003',
      );
      const session = await start(
        far,
        "const socket = net.connect(process.argv[1], process.argv[2], () => console.log('open')); socket.pipe(process.stdout); process.stdin.pipe(socket);",
        way === 'nft' ? '8001' : way === 'iptables' ? '8002' : '8003',
        router,
      );
      const isOpen = () =>
        new Promise((resolve) => {
          session.stdout.once('data', (bytes) => resolve(String(bytes)));
          session.stdin.write('still here\n');
        });
      const others = () => machine.asRoot('ip6tables -t nat -S POSTROUTING').includes('-o another -j MASQUERADE');
      const done = await run.run();
      expect(done.says, troublesOf(done)).toBe('Done and verified.');
      expect(seenAs(lan, outside)).toBe(mapped[way]);
      expect(seenAs(far, mapped[way])).toBe(outside);
      expect([await isOpen(), others()]).toEqual(['still here\n', true]);
      expect(await run.look()).toMatchObject({ verdict: 'already-fixed' });
      if (way === 'nft') {
        expect(machine.asRoot('systemctl is-enabled npt.service').trim()).toBe('enabled');
        await machine.restart();
        expect(seenAs(lan, outside)).toBe(mapped[way]);
      }
      const undone = await run.undo(done);
      expect(undone.status, troublesOf(undone)).toBe('undone');
      expect(seenAs(lan, outside)).toBe('');
      expect([way === 'nft' || (await isOpen()), way === 'nft' || others()]).toEqual([way === 'nft' || 'still here\n', true]);
      expect(await run.look()).toMatchObject({ verdict: 'affected' });
    },
  );

  it('is found out by the ping when the translation was not started', { timeout: 600_000 }, async () => {
    const state = await begin('nft').run({ without: ['start'] });
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'prove']);
    await topic?.undo(state);
  });

  it('stops before any change where the router itself has an address of the prefix', { timeout: 600_000 }, async () => {
    ip('-n', networks.near.namespace, 'address', 'add', '2001:db8:aaaa:ff::1/64', 'dev', 'eth0', 'nodad');
    try {
      const state = await begin('nft').run();
      expect([state.current, state.steps[0]?.verdicts.map(({ rule }) => rule)], troublesOf(state)).toEqual(['look', expect.arrayContaining(['own-address'])]);
    } finally {
      ip('-n', networks.near.namespace, 'address', 'del', '2001:db8:aaaa:ff::1/64', 'dev', 'eth0');
    }
  });

  it('has hosts that take IPv4 first, and IPv6 with the labels for gai.conf', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'wb-gai-'));
    try {
      writeFileSync(path.join(folder, 'hosts'), `${outside} both.test\n198.51.100.2 both.test\n`);
      writeFileSync(path.join(folder, 'none'), '');
      writeFileSync(path.join(folder, 'gai.conf'), labels.map((label) => `label ${label}\n`).join(''));
      const first = (configuration: string) =>
        spawnSync(
          'ip',
          [
            'netns',
            'exec',
            lan,
            'unshare',
            '--mount',
            'sh',
            '-c',
            'mount --bind "$1/hosts" /etc/hosts; mount --bind "$1/$2" /etc/gai.conf; getent ahosts both.test',
            'sh',
            folder,
            configuration,
          ],
          { encoding: 'utf8' },
        ).stdout.split(' ')[0];
      expect([first('none'), first('gai.conf')]).toEqual(['198.51.100.2', outside]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
