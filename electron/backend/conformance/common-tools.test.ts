/** The simulated tools that labs share: what topics rely on of them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shellFindings, whyNoShellcheck } from '../real/shellcheck.test-kit.ts';

const common = path.resolve('assets/lab/common');
const tools = readdirSync(common).map((name) => path.join(common, name));
const programs = tools.filter((tool) => readFileSync(tool, 'utf8').startsWith('#!/bin/sh'));

if (whyNoShellcheck) console.log(`The tools that labs share are not looked through by shellcheck: ${whyNoShellcheck}.`);

let lab = '';
beforeEach(() => {
  lab = mkdtempSync(path.join(tmpdir(), 'wb-common-'));
  mkdirSync(path.join(lab, 'units'));
  mkdirSync(path.join(lab, 'root/etc/systemd/system/dhcp.service.d'), { recursive: true });
  mkdirSync(path.join(lab, 'tools'));
  writeFileSync(path.join(lab, 'journal'), '');
  writeFileSync(
    path.join(lab, 'units/dhcp.service'),
    'Description=ISC DHCP\nActiveState=inactive\nSubState=dead\nUnitFileState=disabled\nRestart=no\nResult=success\n',
  );
});
afterEach(() => rmSync(lab, { recursive: true, force: true }));

function run(line: string): [status: number | null, text: string] {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    encoding: 'utf8',
    env: { PATH: `${lab}/tools:${common}:${process.env.PATH}`, WRENCHBOOK_LAB: lab },
  });
  return [status, `${stdout}${stderr}`];
}
const unitDoes = (script: string) => {
  writeFileSync(path.join(lab, 'tools/lab-unit'), `#!/bin/sh\n. ${common}/lab-library\n${script}\n`);
  chmodSync(path.join(lab, 'tools/lab-unit'), 0o755);
};

it('can be started, say that they are simulated, and refuse to work outside a rehearsal', () => {
  for (const tool of tools) expect(readFileSync(tool, 'utf8'), tool).toContain('SIMULATED');
  for (const program of programs) {
    expect(statSync(program).mode & 0o111, program).toBe(0o111);
    const { status, stderr } = spawnSync(program, ['x'], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } });
    expect([status, stderr], program).toEqual([2, expect.stringContaining('runs only in a rehearsal')]);
  }
});
it('su runs a command as a user that there is', () => {
  writeFileSync(path.join(lab, 'users'), 'zimbra\n');
  const as = (user: string) => run(`su -l -s /bin/sh -c 'exec "$@"' -- ${user} sh ${lab}/root/bin/printf '%s|' one 'two words' --three`);
  expect([as('zimbra'), as('nobody')]).toEqual([
    [0, 'one|two words|--three|'],
    [1, expect.stringContaining('user nobody does not exist')],
  ]);
});
it.skipIf(whyNoShellcheck)('shellcheck finds nothing in them', () => expect(shellFindings(programs)).toBe(''));

describe('lab-library', () => {
  const lib = `. ${common}/lab-library; `;
  it('keeps any value in a state file, and changes nothing else of it', () => {
    writeFileSync(path.join(lab, 'x.state'), 'a=1\n# b\nab=2\n');
    const odd = 'it\'s $HOME & \\n = "x"';
    expect(
      execFileSync('sh', ['-c', `${lib}lab_set x.state a "$1"; lab_set x.state c 3; lab_get x.state a`, 'sh', odd], {
        encoding: 'utf8',
        env: { ...process.env, WRENCHBOOK_LAB: lab },
      }),
    ).toBe(`${odd}\n`);
    expect(readFileSync(path.join(lab, 'x.state'), 'utf8')).toBe(`a=${odd}\n# b\nab=2\nc=3\n`);
  });
});

describe('systemctl', () => {
  it('starts, stops and enables a unit, as its states say', () => {
    expect(run('systemctl is-active dhcp')).toEqual([3, 'inactive\n']);
    expect(run('systemctl enable --now dhcp')[1]).toContain('Created symlink');
    expect(run('systemctl is-active dhcp && systemctl is-enabled dhcp')).toEqual([0, 'active\nenabled\n']);
    expect(run('systemctl stop dhcp; systemctl show -p ActiveState,SubState --value dhcp')).toEqual([0, 'inactive\ndead\n']);
  });
  it('says why a unit does not come up, in the journal too', () => {
    unitDoes(`lab_log "$2" dhcpd "Not configured to listen on any interfaces!"; exit 1`);
    expect(run('systemctl start dhcp')).toEqual([1, expect.stringContaining('Job for dhcp.service failed')]);
    expect(run('systemctl show -p ActiveState,Result dhcp')[1]).toBe('ActiveState=failed\nResult=exit-code\n');
    expect(run('journalctl -u dhcp -o cat')[1]).toBe(
      "Starting ISC DHCP...\nNot configured to listen on any interfaces!\ndhcp.service: Main process exited, code=exited, status=1/FAILURE\ndhcp.service: Failed with result 'exit-code'.\n",
    );
    expect(run('journalctl -t dhcpd -n 5')[1]).toMatch(/^\w{3} \d\d [\d:]{8} server dhcpd\[\d+\]: Not configured/);
  });
  it('knows a drop-in once it has reloaded, and forgets it the same way', () => {
    const dropIn = path.join(lab, 'root/etc/systemd/system/dhcp.service.d/x.conf');
    writeFileSync(dropIn, '[Service]\nRestart=on-failure\n');
    expect(run('systemctl show -p NeedDaemonReload,Restart dhcp')[1]).toBe('NeedDaemonReload=yes\nRestart=no\n');
    expect(run('systemctl daemon-reload; systemctl show -p NeedDaemonReload,Restart dhcp')[1]).toBe('NeedDaemonReload=no\nRestart=on-failure\n');
    rmSync(dropIn);
    expect(run('systemctl daemon-reload; systemctl show -p Restart dhcp')[1]).toBe('Restart=no\n');
  });
  it('names a unit that is not there, and words that it does not know', () => {
    expect(run('systemctl restart other')).toEqual([5, 'Failed to restart other.service: Unit other.service not found.\n']);
    expect(run('systemctl frobnicate x')).toEqual([1, 'Unknown command verb frobnicate.\n']);
  });
});

describe('tools that a lab configures by data', () => {
  const place = (name: string, content: string) => {
    mkdirSync(path.dirname(path.join(lab, name)), { recursive: true });
    writeFileSync(path.join(lab, name), content);
  };
  const plist = '<plist><dict><key>Label</key><string>org.x</string></dict></plist>';
  it.each<[string, Readonly<Record<string, string>>, string, [number, string]]>([
    [
      'a unit fails as its file says',
      { 'units/dhcp.service': 'ActiveState=inactive\nFails=no address\n' },
      'systemctl start dhcp 2>/dev/null; journalctl -t dhcp -o cat',
      [0, 'no address\n'],
    ],
    [
      'a journal continues behind a cursor',
      { journal: 'x.service\tx\tone\n' },
      'journalctl -q -n 0 --show-cursor -u x; journalctl -n 0 --show-cursor -q -u y; printf "x.service\\tx\\ttwo\\n" >>"$WRENCHBOOK_LAB/journal"; journalctl -q -o cat -u x --after-cursor="s=0;i=1"',
      [0, '-- cursor: s=0;i=1\ntwo\n'],
    ],
    ['sysctl shows and sets', { sysctl: 'a.b=1\n' }, 'sysctl a.b; sysctl -w a.b=2; sysctl -n a.b', [0, 'a.b = 1\na.b = 2\n2\n']],
    ['sysctl reads a file', { sysctl: 'a.b=1\n', 'x.conf': '# c\n a.b = 7 \n' }, 'sysctl -p "$WRENCHBOOK_LAB/x.conf"; sysctl -n a.b', [0, 'a.b = 7\n7\n']],
    ['sysctl names a key that is not there', { sysctl: 'a.b=1\n' }, 'sysctl a.c', [255, 'sysctl: cannot stat /proc/sys/a/c: No such file or directory\n']],
    ['sysctl can not set what is fixed', { sysctl: 'a.b=1\n', 'sysctl.fixed': 'a.b\n' }, 'sysctl -w a.b=2', [255, 'sysctl: permission denied on key "a.b"\n']],
    [
      'an init script starts, stops and says so',
      { 'init/x': 'running=no\n' },
      'service x status; echo $?; service x start; service x status',
      [0, 'x is not running.\n3\nStarting x.\nx is running.\n'],
    ],
    ['an init script fails as its file says', { 'init/x': 'running=no\nfails=no config\n' }, 'service x start', [1, 'no config\n']],
    [
      'links of runlevels are made',
      { 'init/x': '' },
      'update-rc.d x enable; cd "$WRENCHBOOK_LAB/root/etc"; echo rc*/*',
      [0, 'rc2.d/S20x rc3.d/S20x rc4.d/S20x rc5.d/S20x\n'],
    ],
    [
      'a job is loaded once',
      { 'jobs/org.x': 'loaded=no\n', 'x.plist': plist },
      'cd "$WRENCHBOOK_LAB"; launchctl load -w x.plist; launchctl load x.plist; launchctl list org.x | grep PID',
      [0, 'org.x: Already loaded\n\t"PID" = 201;\n'],
    ],
    [
      'a job that is not loaded is not listed',
      { 'jobs/org.x': 'loaded=no\n' },
      'launchctl list; launchctl list org.x',
      [113, 'PID\tStatus\tLabel\nlaunchctl list returned unknown response\n'],
    ],
    [
      'a package brings what it depends on',
      { 'packages/a': 'installed=no\nversion=1\ndepends=b\n', 'packages/b': 'installed=no\nversion=2\n' },
      `apt-get -s install a | grep Inst; apt-get -y install a >/dev/null; dpkg-query -W -f '\${Package} \${Version} \${Status}\\n' a b`,
      [0, 'Inst b (2 Lab:1 [amd64])\nInst a (1 Lab:1 [amd64])\na 1 install ok installed\nb 2 install ok installed\n'],
    ],
    [
      'a package takes along what needs it',
      { 'packages/a': 'installed=yes\nversion=1\ndepends=b\n', 'packages/b': 'installed=yes\nversion=2\n' },
      'apt-get -s purge b | grep Purg; dpkg-query -W c',
      [1, 'Purg b [2]\nPurg a [1]\ndpkg-query: no packages found matching c\n'],
    ],
    [
      'an address answers',
      { web: 'http://x/\t200\tone\\ntwo\n' },
      'curl -fsS http://x/; curl -s -o "$WRENCHBOOK_LAB/out" -w "%{http_code}" http://x/',
      [0, 'one\ntwo\n200'],
    ],
    [
      'an address answers with an error, or not at all',
      { web: 'http://x/\t404\tno\nhttp://y/\t000\t\n' },
      'curl -fsS http://x/; curl -sS http://y/; curl -sS https://z:8443/',
      [
        7,
        'curl: (22) The requested URL returned error: 404\ncurl: (28) Operation timed out after 5000 milliseconds with 0 bytes received\ncurl: (7) Failed to connect to z port 8443: Connection refused\n',
      ],
    ],
    [
      'a TLS server shows its certificate',
      { 'tls/x:443': 'CONNECTED(00000003)\n' },
      'openssl s_client -connect x:443 -servername x </dev/null; openssl s_client -connect y:443 2>&1 | tail -n 1',
      [0, 'CONNECTED(00000003)\nconnect:errno=111\n'],
    ],
  ])('%s', (_, files, line, wanted) => {
    for (const [name, content] of Object.entries(files)) place(name, content);
    expect(run(`exec 2>&1; ${line}`)).toEqual(wanted);
  });
});
