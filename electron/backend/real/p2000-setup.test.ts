/**
 * The proof of the hidden account's password by two logins, with real ssh and a real sshd: it lets in who types the password that the array,
 * played by a program at its console, keeps. No P2000 is there.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { ArraySetUp } from '../runs/array-set-up.test-kit.ts';
import { troublesOf } from './real-topic.test-kit.ts';
import { ScratchMachine, whyNoScratchMachine } from './scratch-machine.test-kit.ts';

if (whyNoScratchMachine) console.log(`The two logins at a P2000 are not tried: ${whyNoScratchMachine}.`);

const place = '/srv/array';
/** The account's shell is the command line; PAM compares what is typed with what the array keeps, and with the default until it keeps another. */
const setUp = `sed -i 's/^UsePAM no/UsePAM yes/' /etc/ssh/sshd_config
mkdir -p ${place}
printf '#!/bin/sh\\nprintf "# "; while read -r line; do [ "$line" != exit ] || exit 0; printf "# "; done\\n' >/usr/local/bin/array-line
cat >/usr/local/bin/array-password <<'CHECK'
#!/bin/sh
typed=$(tr -d '\\0' | sha256sum | cut -c 1-16)
kept=$(sed -n 's/^admin=//p' ${place}/array.state)
[ "$typed" = "\${kept:-$(printf %s '!admin' | sha256sum | cut -c 1-16)}" ]
CHECK
chmod 755 /usr/local/bin/array-line /usr/local/bin/array-password
useradd -m -s /usr/local/bin/array-line admin
printf 'auth required pam_exec.so quiet expose_authtok /usr/local/bin/array-password\\naccount required pam_permit.so\\nsession required pam_permit.so\\n' >/etc/pam.d/sshd
`;
const sshdLines = ['Match User admin', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication no', 'AuthenticationMethods password'];
const canaries = ['Canary-2216-m', 'Canary-9034-a'];

describe.skipIf(whyNoScratchMachine)('the hidden account of a P2000', () => {
  const searchPath = process.env.PATH;
  let folder: string;
  let machine: ScratchMachine;
  let runs: Rehearsal;
  beforeAll(async () => {
    machine = await ScratchMachine.start(setUp, sshdLines);
    folder = mkdtempSync(path.join(tmpdir(), 'wb-array-'));
    // The array's address is the machine's, and its key is kept here and not among the user's.
    writeFileSync(
      path.join(folder, 'config'),
      `Host 10.1.1.11\n  HostName 127.0.0.1\n  Port ${machine.port}\n  UserKnownHostsFile ${folder}/known\n  GlobalKnownHostsFile none\n`,
    );
    mkdirSync(path.join(folder, 'bin'));
    writeFileSync(path.join(folder, 'bin/ssh'), `#!/bin/sh\nPATH='${searchPath}' exec ssh -F '${folder}/config' "$@"\n`);
    chmodSync(path.join(folder, 'bin/ssh'), 0o755);
    process.env.PATH = `${folder}/bin:${searchPath}`;
  }, 600_000);
  afterAll(async () => {
    process.env.PATH = searchPath;
    await machine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    runs = new Rehearsal();
  });
  afterEach(() => runs.end());

  const array = () => `${machine.root}${place}`;
  const leaks = () =>
    canaries.filter((canary) => `${runs.shown}${runs.log.join()}${execFileSync('sh', ['-c', 'cat $(find "$0" -type f)', runs.data])}`.includes(canary));
  /** The whole set-up, but for these steps. */
  async function go(failure: string | null, without: readonly string[] = []) {
    const console = new ArraySetUp(runs, array(), failure);
    return console.go(await console.begin(), without);
  }

  it('refuses the default password and accepts the new one, which is shown nowhere', { timeout: 600_000 }, async () => {
    const done = await go(null);
    expect(done.status, troublesOf(done)).toBe('done');
    expect(readFileSync(`${array()}/array.state`, 'utf8')).toMatch(/^admin=[0-9a-f]{16}$/m);
    expect(runs.shown).toContain('admin@127.0.0.1: Permission denied (password).');
    expect(leaks()).toEqual([]);
  });

  it('that is still open with its default password stops the run, though the array said that it had been changed', { timeout: 600_000 }, async () => {
    const state = await go('still-open');
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'old-refused']);
    expect(troublesOf(state)).toContain('The default password still opens the hidden account.');
  });

  it('that has another password than the new one is not taken for proved', { timeout: 600_000 }, async () => {
    const console = new ArraySetUp(runs, array());
    const start = await console.begin();
    writeFileSync(`${array()}/array.state`, readFileSync(`${array()}/array.state`, 'utf8').replace(/^admin=.*$/m, 'admin=0000000000000000'));
    const state = await console.go(start, ['admin-password']);
    expect([state.status, state.current], troublesOf(state)).toEqual(['failed', 'new-accepted']);
  });
});
