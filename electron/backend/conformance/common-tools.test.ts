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
