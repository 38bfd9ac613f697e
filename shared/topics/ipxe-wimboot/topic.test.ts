import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../rounds.test-kit.ts';
import { type EditStep, judge, renderScript } from '../../topic-kit/index.ts';
import { commandsFor } from './install-card.ts';
import { parseInstallers } from './installers.ts';
import { editMenu, makeMenu } from './menu.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { smbConfs } from './smb-conf.test-kit.ts';
import { editSmbConf } from './smb-conf.ts';
import { steps } from './steps.ts';
import { topic } from './topic.ts';
import { lookAtTree, treeMatchers } from './tree.ts';

const share = { name: 'tftpboot', path: '/srv/tftp', others: 'go-on' } as const;
const careful = { ...share, others: 'stop' } as const;
const added = '\n[tftpboot]\n   comment = Windows installers\n   path = /srv/tftp\n   read only = yes\n   guest ok = yes\n';
const values = parameters.parse({ installers: 'Ten | Win10\nEleven | Win11/24H2 | drivers/a.inf drivers/a.sys', server: '10.0.0.5' });

describe('smb.conf', () => {
  const head = '[global]\n   workgroup = OFFICE\n';
  const guests = `${head.slice(0, 9)}   map to guest = Bad User\n${head.slice(9)}`;
  const whole = '[global]\nMap To  Guest=bad user\n[TFTPBOOT]\npath = "/srv/tftp/"\nReadOnly=Yes\npublic = yes\n';
  it.each([
    ['gets the share at its end and the mapping in [global]', head, `${guests}${added}`],
    [
      'keeps comments, and what looks like a section in them',
      `# [tftpboot] ünï\n${head}; guest ok = no\n`,
      `# [tftpboot] ünï\n${guests}; guest ok = no\n${added}`,
    ],
    ['without a last line end', head.slice(0, -1), `${guests}${added}`],
    ['keeps CRLF', head.replaceAll('\n', '\r\n'), `${guests}${added}`.replaceAll('\n', '\r\n')],
    ['without [global]', '[homes]\n   read only = no\n', `[global]\n   map to guest = Bad User\n[homes]\n   read only = no\n${added}`],
    ['with nothing in it', '', `[global]\n   map to guest = Bad User\n${added}`],
    ['takes other spellings for what they are', whole, whole],
    ['takes a mapping that sends more to the guest', '[global]\nmap to guest = Bad Password\n', `[global]\nmap to guest = Bad Password\n${added}`],
    [
      'changes the value that counts, and no other',
      '[global]\nmap to guest = Never\n\tmap to guest = Bad Uid\n',
      `[global]\nmap to guest = Never\n\tmap to guest = Bad User\n${added}`,
    ],
    [
      'closes a share that can be written to, by whatever name',
      '[global]\nmap to guest = bad user\n[tftpboot]\n\tread only = yes\n\twriteable = yes\n\tpath = /srv/tftp',
      '[global]\nmap to guest = bad user\n[tftpboot]\n\tguest ok = yes\n\tread only = yes\n\tread only = yes\n\tpath = /srv/tftp',
    ],
    [
      'looks behind a line that goes on',
      '[global]\nmap to guest = \\\n  Never\nworkgroup = A\n',
      `[global]\nmap to guest = \\\n  Never\n  map to guest = Bad User\nworkgroup = A\n${added}`,
    ],
    ['reads what stands before any section as global', 'map to guest = bad user\n[homes]\n', `map to guest = bad user\n[homes]\n${added}`],
    [
      'takes no other share for it',
      '[global]\nmap to guest = bad user\n[tftpboot2]\npath = /x\n',
      `[global]\nmap to guest = bad user\n[tftpboot2]\npath = /x\n${added}`,
    ],
  ])('%s, and nothing the second time', (_, old, wanted) => {
    expect(editSmbConf(old, share)).toBe(wanted);
    expect(editSmbConf(wanted, share)).toBe(wanted);
  });
  it.each([
    ['share-taken', '[tftpboot]\npath = /srv/other\n'],
    ['share-taken', '[TFTPboot]\ndirectory = /srv/other\n'],
    ['share-restricted', '[tftpboot]\npath = /srv/tftp\nvalid users = anna\n'],
    ['share-restricted', '[global]\nvalid users = @staff\n'],
    ['share-restricted', '[tftpboot]\npath = /srv/tftp\nhosts allow = 10.0.0.1\n'],
    ['share-writers', '[tftpboot]\npath = /srv/tftp\nwrite list = @admins\n'],
    ['share-writers', '[global]\nadmin users = root\n'],
    ['share-off', '[tftpboot]\npath = /srv/tftp\navailable = no\n'],
    ['cut-off', '[global]\nworkgroup = \\'],
  ])('is left alone: %s', (rule, old) => {
    expect(editSmbConf(old, share)).toMatchObject({ rule });
  });
  // TedMichalik/FS1: a member server whose guests are shut out by the default.
  const member = '[global]\n\tsecurity = ADS\n\tworkgroup = SAMDOM\n';
  it.each([
    ['one that can be written to', `${member}[Public]\n\tguest ok = Yes\n\tpath = /opt/Public\n\tread only = No\n`, '[Public], which can be written to'],
    ['several, by their other names', `${member}[a]\npublic = yes\n[b]\nguest ok = true\nwriteable = yes\n`, '[a]; [b], which can be written to'],
    ['by a default in [global]', `${member}guest ok = yes\n[homes]\nread only = yes\n[no]\nguest ok = no\n`, ': [homes].'],
  ])('stops where other shares would be opened, and names them: %s', (_, old, named) => {
    expect(editSmbConf(old, careful)).toMatchObject({ rule: 'opens-others', means: expect.stringContaining(named) });
    expect(editSmbConf(old, share)).toContain('map to guest = Bad User');
  });
  it.each([
    `${member}[Public]\nguest ok = no\n`,
    '[global]\nmap to guest = bad user\n[Public]\nguest ok = yes\nread only = no\n',
    `${member}; [Public]\n; guest ok = yes\n`,
  ])('goes on where nothing else is opened: %j', (old) => expect(editSmbConf(old, careful)).toContain('[tftpboot]'));
  // Billar42/samba-dc
  it.each(['active directory domain controller', 'Classic Primary Domain Controller', 'dc'])('stops on a domain controller: %s', (role) => {
    const old = `[global]\n\tserver role = ${role}\n[netlogon]\n\tread only = No\n`;
    expect(editSmbConf(old, careful)).toMatchObject({ rule: 'domain-controller', means: expect.stringContaining(role) });
    expect(editSmbConf(old, share)).toContain('[tftpboot]');
  });
  it('is done once, keeps every other line in its order, and keeps line ends, whatever was there', () => {
    fc.assert(
      fc.property(smbConfs, (old) => {
        const once = editSmbConf(old, share) as string;
        expect(editSmbConf(once, share), 'twice').toBe(once);
        const there = once.split(/\r?\n/).map((line) => line.trim());
        const kept = old
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter((line) => /^[#;[]/.test(line) || /^(comment|workgroup|on)\b/.test(line));
        let at = -1;
        for (const line of kept) {
          at = there.indexOf(line, at + 1);
          expect(at, `"${line}" in its place`).toBeGreaterThanOrEqual(0);
        }
        expect(once.replaceAll(old.includes('\r\n') ? '\r\n' : '\n', ''), 'line ends').not.toMatch(/[\r\n]/);
      }),
      { numRuns: rounds({ test: 200, soak: 2_000 }) },
    );
  });
  it('stays quick with 20,000 shares', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `[s${index}]\npath = /srv/${index}\n`).join('');
    expect(editSmbConf(`${head}${many}`, share)).toBe(`${guests}${many}${added}`);
  });
});

describe('the proof of the share', () => {
  const step = steps(values).find(({ id }) => id === 'share') as EditStep;
  const right = 'path=/srv/tftp\nread-only=Yes\nguest-ok=Yes\nmap-to-guest=Bad User\navailable=Yes\nwrite-list=\nvalid-users=\n';
  const old = ['Unknown parameter encountered: "write cache size"', 'Ignoring unknown parameter "write cache size"'];
  const judged = (output: string, before: readonly string[] = []) =>
    judge(step.verify?.matchers ?? [], { output, exitStatus: 0, facts: {}, before: new Set(before) }).flatMap(({ kind, rule }) =>
      kind === 'failure' ? [rule] : [],
    );
  it('runs before the edit too, and does not count what Samba said of other lines then (cockpit-file-sharing#98)', () => {
    expect(step.verify?.baseline).toBe(true);
    expect(judged(`${old.join('\n')}\n${right}`, old)).toEqual([]);
    expect(judged(`${old.join('\n')}\n${right}`)).toEqual(['unknown-parameter']);
    expect(judged(`Unknown parameter encountered: "guest okay"\n${right}`, old)).toEqual(['unknown-parameter']);
  });
  it.each([
    ['writers', 'write-list=', 'write-list=@admins'],
    ['kept-out', 'available=Yes', 'available=No'],
    ['kept-out', 'valid-users=', 'valid-users=anna'],
  ])('says it where an included file has it otherwise: %s %s', (rule, from, to) => expect(judged(right.replace(from, to))).toEqual([rule]));
});

it.each([
  ['WinPE of the ADK (rgl/netboot)', ['Boot/BCD', 'Boot/boot.sdi', 'sources/boot.wim'], ['other-layout', 'wrong-case']],
  ['a flat folder (foreman#7)', ['bcd', 'boot.sdi', 'boot.wim'], ['other-layout', 'missing']],
  ['a copy that broke off', ['boot/bcd', 'boot/boot.sdi', 'setup.exe'], ['missing']],
  ['an empty folder', [], ['missing']],
])('names what a folder is that is no tree of a Windows disc: %s', (_, files, rules) => {
  const root = mkdtempSync(path.join(tmpdir(), 'wb-tree-'));
  try {
    chmodSync(root, 0o755);
    for (const name of ['wimboot', ...files.map((file) => `disc/${file}`)]) {
      mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(root, name), 'x');
    }
    const script = lookAtTree(parameters.parse({ installers: 'A | disc', server: '10.0.0.5' }));
    const output = execFileSync('sh', ['-c', renderScript(script, () => root)], { encoding: 'utf8' });
    const found = judge(treeMatchers, { output, exitStatus: 0, facts: {} }).flatMap(({ kind, rule }) => (kind === 'failure' ? [rule] : []));
    for (const rule of rules) expect(found).toContain(rule);
    expect(found.includes('other-layout')).toBe(rules.includes('other-layout'));
  } finally {
    rmSync(root, { recursive: true });
  }
});

describe('the list of installers', () => {
  it('takes names, folders and driver files', () => {
    expect(parseInstallers('\r\nWindows 10 (x64) | Win10\r\nEleven|a/b|d/x.inf, d/x.sys\n')).toEqual({
      problems: [],
      installers: [
        { name: 'Windows 10 (x64)', folder: 'Win10', drivers: [] },
        { name: 'Eleven', folder: 'a/b', drivers: ['d/x.inf', 'd/x.sys'] },
      ],
    });
  });
  it.each([
    ['', 'Name at least one installer.'],
    ['Windows 10', 'Line 1: Write "name | folder".'],
    ['A | x\nB | /srv/x', 'Line 2: "/srv/x" begins with "/". Give it relative to the TFTP root.'],
    ['A | ../x', 'Line 1: "../x" has an empty part, "." or "..".'],
    ['A | my disc', 'Line 1: "my disc" has a character that is not safe in every program that reads it. Use letters, digits, "_", "-", "+" and ".".'],
    ['$mac | x', 'Line 1: The name "$mac" can\'t be used in the menu. Use up to 60 letters, digits, blanks and . , : ( ) + _ / -'],
    ['A | x | d/x.sys', 'Line 1: A network driver has an .inf file. Name it among the files.'],
    ['A | x | a/x.inf b/X.INF', 'Line 1: Two driver files have the same name.'],
    ['A | x | a | b', 'Line 1: It has more than three parts.'],
    ['A | x\nB | x', 'The folder x is named twice.'],
  ])('refuses "%s"', (text, problem) => {
    expect(parseInstallers(text).problems).toEqual([problem]);
    expect(parameters.safeParse({ installers: text, server: '10.0.0.5' }).error?.issues[0]).toMatchObject({ path: ['installers'], message: problem });
  });
});

describe('the menu', () => {
  const menu = makeMenu(values);
  it('has an entry, a key and a label for each installer, and fetches wimboot first', () => {
    expect(menu).toContain('item --key 2 win2 Eleven\n');
    const entry = menu.slice(menu.indexOf(':win2\n'), menu.indexOf(':local'));
    expect(entry.split('\n').flatMap((line) => /^(?:kernel|initrd|set|boot).*/.exec(line)?.[0].replace(/[{}]/g, '') ?? [])).toEqual([
      'set disc $tftp/Win11/24H2',
      'kernel $tftp/wimboot gui || goto failed',
      'initrd $disc/boot/bcd BCD || goto failed',
      'initrd $disc/boot/boot.sdi boot.sdi || goto failed',
      'initrd $disc/sources/boot.wim boot.wim || goto failed',
      'initrd $tftp/drivers/a.inf a.inf || goto failed',
      'initrd $tftp/drivers/a.sys a.sys || goto failed',
      'initrd $disc/boot/fonts/segmono_boot.ttf segmono_boot.ttf ||',
      'initrd $disc/boot/fonts/segoe_slboot.ttf segoe_slboot.ttf ||',
      'initrd $disc/boot/fonts/segoen_slboot.ttf segoen_slboot.ttf ||',
      'initrd $disc/boot/fonts/wgl4_boot.ttf wgl4_boot.ttf ||',
      'boot || goto failed',
    ]);
  });
  it('goes to labels that there are', () => {
    const labels = new Set(menu.match(/(?<=^:)\w+$/gm));
    for (const [, label] of menu.matchAll(/goto (\w+)/g)) expect(labels).toContain(label);
    for (const [, item] of menu.matchAll(/^item --key . (\w+)/gm)) expect(labels).toContain(item);
  });
  it('gives thirty installers thirty keys, and the disk another', () => {
    const many = Array.from({ length: 30 }, (_, index) => `W${index} | w${index}`).join('\n');
    const keys = [...makeMenu({ ...values, installers: many }).matchAll(/^item --key (.) /gm)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(31);
  });
  it('waits, or starts the first one after a while', () => {
    expect(menu).toContain('choose --default win1 entry');
    expect(makeMenu({ ...values, wait: 20 })).toContain('choose --default win1 --timeout 20000 entry');
  });
  it('is made anew where it is ours, and left alone where it is not', () => {
    expect(editMenu('', values)).toBe(menu);
    expect(editMenu(makeMenu({ ...values, wait: 20 }), values)).toBe(menu);
    expect(editMenu('#!ipxe\nchain other.ipxe\n', values)).toMatchObject({ rule: 'other-menu' });
  });
});

it('has a card with Windows’ own paths, and loads a driver before the network is started', () => {
  expect(commandsFor({ name: 'Eleven', folder: 'Win11/24H2', drivers: ['drivers/a.inf', 'drivers/a.sys'] }, values)).toEqual([
    'drvload X:\\Windows\\System32\\a.inf',
    'wpeinit',
    'net use S: \\\\10.0.0.5\\tftpboot\\Win11\\24H2 bar /user:foo',
    'S:\\setup.exe',
  ]);
});

describe('the look', () => {
  const judge = (output: string) => probe.judge({ output, exitStatus: 0 }, values).verdict;
  const fixed = 'root=yes\nfiles=9\nentries=2\nsmb-conf=yes\npath=/srv/tftp\nread-only=Yes\nguest-ok=Yes\nmap-to-guest=Bad User\n';
  it.each([
    ['already-fixed', fixed],
    ['affected', fixed.replace('files=9', 'files=8')],
    ['affected', fixed.replace('entries=2', 'entries=1')],
    ['affected', fixed.replace('read-only=Yes', 'read-only=No')],
    ['affected', fixed.replace('guest-ok=Yes', 'guest-ok=No')],
    ['affected', fixed.replace('Bad User', 'Never')],
    ['affected', fixed.replace('/srv/tftp', '/srv/other')],
    ['unknown', fixed.replace('smb-conf=yes\n', '')],
    ['unknown', fixed.replace('entries=2\n', '')],
    ['not-affected', fixed.replace('root=yes\n', '')],
  ])('says %s', (verdict, output) => expect(judge(output)).toBe(verdict));
});

it.each([
  'FATAL: could not extract initrd files',
  'Bad CPIO Magic 0x4d534349',
  'PXE-E23: Client received TFTP error from server.',
  'PXE-E18: Server response timeout.',
  'PXE-E16: No offer received.',
  'http://ipxe.org/3c092003',
  'Status: 0xc0000001',
  'File: \\Boot\\BCD Status: 0xc000000f',
  'dnsmasq-tftp[812]: file /srv/tftp/pxelinux.0 not found for 10.0.0.7',
  'Could not boot: Exec format error (http://ipxe.org/2e008081)',
  'Rejected an insecure guest logon.',
  'System error 53 has occurred.',
  'error 53',
  '0x80070035',
  'Ein Medientreiber, der für den Computer erforderlich ist, fehlt.',
  'Systemfehler 1272 aufgetreten.',
])('is found by what people paste: %s', (line) => expect(topic.symptoms.filter(({ pattern }) => pattern.test(line)).length).toBeGreaterThan(0));
