/**
 * Windows' installers over the network for real, as far as that goes without Windows: Samba takes the share and shows it to a guest,
 * and a machine starts over the network, comes to the menu, and fetches an installer's files in their order.
 */

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { smbConfs } from '../../../shared/topics/ipxe-wimboot/smb-conf.test-kit.ts';
import { editSmbConf } from '../../../shared/topics/ipxe-wimboot/smb-conf.ts';
import { bootServer, NetworkBoot, startableKernel, whyNoNetworkBoot } from './network-boot.test-kit.ts';
import { passwordlessSudo, RealTopic, troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';
import { TwoNetworks, whyNoNetworks } from './two-networks.test-kit.ts';

const packages = ['samba', 'smbclient'];
const why = whyNoNetworks ?? whyNoMachineWithPackages(packages) ?? whyNoNetworkBoot;
if (why) console.log(`No installer is started over the network: ${why}.`);

const smbConf = '# Samba of this server\n[global]\n   workgroup = OFFICE\n   map to guest = Never\n\n[homes]\n   read only = no';
const setUp = `${passwordlessSudo}
mkdir -p /etc/samba /run/samba /var/lib/samba/private /var/cache/samba /var/log/samba
cat >/etc/samba/smb.conf <<'END'
${smbConf}
END
smbd -D`;

describe.skipIf(why)('Windows installers over the network', () => {
  let networks: TwoNetworks;
  let machine: ScratchMachine;
  let topic: RealTopic;
  const tftp = () => path.join(machine.root, 'srv/tftp');
  const parameters = { installers: 'Ten | Win10\nEleven | Win11/24H2 | drivers/net.inf drivers/net.sys', server: bootServer, user: 'nobody-here' };

  beforeAll(async () => {
    networks = new TwoNetworks();
    const { near } = networks;
    // Under the address at which QEMU's machine finds its server.
    execFileSync('ip', ['-n', near.namespace, 'address', 'add', `${bootServer}/32`, 'dev', 'lo']);
    execFileSync('ip', ['-n', near.namespace, 'link', 'set', 'lo', 'up']);
    machine = await ScratchMachine.start(setUp, [], { packages, at: near });
    machine.know();
  }, 600_000);
  afterAll(async () => {
    await machine?.stop();
    networks?.remove();
  });
  beforeEach(() => {
    rmSync(tftp(), { recursive: true, force: true });
    mkdirSync(tftp(), { recursive: true });
    const file = (name: string, content = `stands for ${name}\n`) => {
      mkdirSync(path.dirname(path.join(tftp(), name)), { recursive: true });
      writeFileSync(path.join(tftp(), name), content);
    };
    copyFileSync(startableKernel(), path.join(tftp(), 'wimboot'));
    for (const disc of ['Win10', 'Win11/24H2'])
      for (const name of ['boot/bcd', 'boot/boot.sdi', 'sources/boot.wim', 'setup.exe', 'boot/fonts/segoe_slboot.ttf']) file(`${disc}/${name}`);
    for (const kind of ['inf', 'sys']) file(`drivers/net.${kind}`);
    machine.asRoot(`cat >/etc/samba/smb.conf <<'END'\n${smbConf}\nEND\nchmod -R a+rX /srv; smbcontrol smbd reload-config`);
    topic = new RealTopic(machine, 'ipxe-wimboot', parameters);
  });
  afterEach(() => topic.end());

  const smbclient = (...words: string[]) => machine.asRoot(`smbclient ${words.map((word) => `'${word}'`).join(' ')} 2>&1 || :`);
  const asGuest = (command: string) => smbclient(`//${bootServer}/tftpboot`, '-U', 'nobody-here%bar', '-c', command);
  const conf = () => machine.asRoot('cat /etc/samba/smb.conf');
  const rulesOf = (state: Awaited<ReturnType<RealTopic['run']>>) =>
    state.steps
      .find(({ id }) => id === state.current)
      ?.verdicts.filter(({ kind }) => kind === 'failure')
      .map(({ rule }) => rule);

  it('are not shared before, are listed and read by a guest after, and are gone when it is taken back', { timeout: 600_000 }, async () => {
    const before = conf();
    expect(asGuest('ls')).toMatch(/NT_STATUS_LOGON_FAILURE/);
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
    let state = await topic.run();
    expect(state.says, troublesOf(state)).toBe('Done and verified.');
    expect(await topic.look()).toMatchObject({ verdict: 'already-fixed' });
    expect(conf()).toBe(
      `${smbConf.replace('Never', 'Bad User')}\n\n[tftpboot]\n   comment = Windows installers\n   path = /srv/tftp\n   read only = yes\n   guest ok = yes\n`,
    );
    expect(smbclient('-N', '-g', '-L', `//${bootServer}`)).toContain('Disk|tftpboot|Windows installers');
    expect(asGuest('ls "Win11\\24H2\\setup.exe"')).toMatch(/setup\.exe +\w* +\d+/);
    expect(asGuest('mkdir mine')).toMatch(/NT_STATUS_(MEDIA_WRITE_PROTECTED|ACCESS_DENIED)/);
    expect(existsSync(path.join(tftp(), 'mine'))).toBe(false);
    state = await topic.undo(state);
    expect([state.status, conf(), existsSync(path.join(tftp(), 'menu.ipxe'))]).toEqual(['undone', before, false]);
    expect(asGuest('ls')).toMatch(/NT_STATUS_LOGON_FAILURE/);
    expect(smbclient('-N', '-g', '-L', `//${bootServer}`)).not.toContain('tftpboot');
    expect(await topic.look()).toMatchObject({ verdict: 'affected' });
  });

  it('are not seen by a guest when the share is left out, nor by a user that Samba knows', { timeout: 600_000 }, async () => {
    let state = await topic.run({ without: ['share'] });
    expect([state.current, state.status, rulesOf(state)]).toEqual(['guest', 'failed', ['user-known']]);
    await topic.undo(state);
    machine.asRoot("useradd -M nobody-here; printf 'secret\\nsecret\\n' | smbpasswd -a -s nobody-here");
    try {
      state = await topic.run();
      expect([state.current, rulesOf(state)]).toEqual(['guest', ['user-known']]);
      await topic.undo(state);
    } finally {
      machine.asRoot('smbpasswd -x nobody-here; userdel nobody-here');
    }
  });

  it('are shared as Samba itself reads it, whatever its configuration was', { timeout: 600_000 }, () => {
    const folder = path.join(machine.root, 'tmp/some');
    mkdirSync(folder, { recursive: true });
    const some = fc.sample(smbConfs, { numRuns: 60, seed: 28 });
    const wrongOf = (texts: readonly string[]) => {
      for (const [index, text] of texts.entries()) writeFileSync(path.join(folder, `${index}.conf`), text);
      const lines = machine.asRoot(`cd /tmp/some; for conf in *.conf; do
        value() { testparm -s --section-name="$1" --parameter-name="$2" "$conf" 2>/dev/null; }
        echo "$conf|$(value tftpboot path)|$(value tftpboot 'read only')|$(value tftpboot 'guest ok')|$(value global 'map to guest')"
      done`);
      const wrong = lines
        .trim()
        .split('\n')
        .filter((line) => !/^\d+\.conf\|\/srv\/tftp\/?\|Yes\|Yes\|Bad (User|Password)$/.test(line));
      return wrong.map((line) => [line, some[Number.parseInt(line, 10)]]);
    };
    expect(wrongOf(some).length).toBeGreaterThan(50); // as they were
    expect(wrongOf(some.map((old) => String(editSmbConf(old, { name: 'tftpboot', path: '/srv/tftp', others: 'go-on' }))))).toEqual([]);
  });

  it('are looked at file by file: other letters, missing, empty, closed', { timeout: 600_000 }, async () => {
    renameSync(path.join(tftp(), 'Win10/boot'), path.join(tftp(), 'Win10/BOOT'));
    rmSync(path.join(tftp(), 'drivers/net.sys'));
    writeFileSync(path.join(tftp(), 'Win11/24H2/boot/boot.sdi'), '');
    machine.asRoot('chmod 600 /srv/tftp/wimboot; chmod 700 /srv/tftp/Win11/24H2/sources');
    const state = await topic.run();
    expect([state.current, rulesOf(state)?.toSorted()]).toEqual(['tree', ['closed', 'empty', 'missing', 'wrong-case']]);
    const lines = state.steps[0]?.verdicts.map(({ line }) => line);
    expect(lines).toContain('Case: Win10/boot/bcd is wanted, and Win10/BOOT/bcd is there');
    expect(lines).toContain('Missing: drivers/net.sys');
    expect(existsSync(path.join(tftp(), 'menu.ipxe'))).toBe(false);
  });

  it('are chosen from the menu by a machine, which fetches their files in order', { timeout: 600_000 }, async () => {
    expect((await topic.run()).status).toBe('done');
    const boot = new NetworkBoot(tftp(), 'menu.ipxe');
    try {
      await boot.shows(/Windows installers[\s\S]*Ten[\s\S]*Eleven[\s\S]*Start from the local disk/);
      boot.press('2');
      await boot.shows(/wgl4_boot\.ttf[\s\S]*iPXE initialising devices/);
      const disc = 'Win11/24H2';
      expect(fetched(boot.screen)).toEqual([
        ...['menu.ipxe', 'wimboot', `${disc}/boot/bcd`, `${disc}/boot/boot.sdi`, `${disc}/sources/boot.wim`, 'drivers/net.inf', 'drivers/net.sys'],
        `${disc}/boot/fonts/segoe_slboot.ttf`,
      ]);
    } finally {
      await boot.cutPower();
    }
  });

  it('say what is missing, and come back to the menu', { timeout: 600_000 }, async () => {
    expect((await topic.run()).status).toBe('done');
    rmSync(path.join(tftp(), 'Win10/sources/boot.wim'));
    const boot = new NetworkBoot(tftp(), 'menu.ipxe');
    try {
      await boot.shows(/Start from the local disk/);
      boot.press('1');
      await boot.shows(/Win10\/sources\/boot\.wim\.* No such file[\s\S]*A file could not be fetched/);
      expect(fetched(boot.screen)).toEqual(['menu.ipxe', 'wimboot', 'Win10/boot/bcd', 'Win10/boot/boot.sdi']);
      const from = boot.screen.length;
      boot.press(' ');
      await boot.shows(/Start from the local disk/, { from });
    } finally {
      await boot.cutPower();
    }
  });
});

/** Paths that were fetched, from iPXE's own lines `tftp://HOST/PATH... ok`. */
const fetched = (screen: string): string[] => [...screen.matchAll(/tftp:\/\/[^/\s]+\/(\S+?)\.\.\. ok/g)].map(([, place = '']) => place);
