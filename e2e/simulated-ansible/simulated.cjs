'use strict';
/**
 * Stands in for ansible-playbook where the window is tested: writes the events that the callback plugin would, for the hosts it is limited to, and
 * prints what Ansible prints. Real Ansible is tested in electron/backend/real/fleet.test.ts. What happens on a host is in its name: "down", "late",
 * "odd" (fails in the middle), "mute" (a result with nothing in it). SIMULATED_PACE: ms for each step. SIMULATED_HOLD: it waits
 * behind the first step while this file is there. SIMULATED_OUTLIVES: it goes on without its terminal.
 */
const { execFileSync } = require('node:child_process');
const { appendFileSync, existsSync, readFileSync } = require('node:fs');

const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log('ansible-playbook [core 2.14.18]');
  process.exit(0);
}
const file = process.env.WRENCHBOOK_FLEET_EVENTS;
const note = (events) => appendFileSync(file, events.map((event) => `${JSON.stringify({ at: Date.now() / 1000, ...event })}\n`).join(''));
const hosts = readFileSync(args[args.indexOf('--limit') + 1].slice(1), 'utf8')
  .trim()
  .split('\n');
const { steps } = JSON.parse(readFileSync('wrenchbook.json', 'utf8'));
/** Of a check-up: its texts are run here, so that they are judged as real ones; "mac" says that it is one. */
const checkUp = JSON.parse(readFileSync('wrenchbook.json', 'utf8')).doctor !== undefined;
function checked(host, step) {
  const stdout =
    step.id === 'system' && host.includes('mac')
      ? 'kernel=Darwin\nid=macos\nversion=10.11\nuid=501'
      : execFileSync('/bin/sh', [`files/${step.id}.sh`], { encoding: 'utf8' });
  return { status: 'ok', said: { empty: false, rc: 0, command: `files/${step.id}.sh`, stdout } };
}
const [check, undo] = [args.includes('--check'), args.includes('undo.yml')];
const pace = Number(process.env.SIMULATED_PACE ?? 0);
const held = process.env.SIMULATED_HOLD ?? '';
const pause = (ms = pace) => new Promise((resolve) => setTimeout(resolve, ms));
const bad = new Map();
if (process.env.SIMULATED_OUTLIVES) {
  process.on('SIGHUP', () => undefined);
  process.stdout.on('error', () => undefined);
}
process.on('SIGINT', () => {
  console.log('[ERROR]: User interrupted execution');
  process.exit(99);
});

function resultOf(host, step, at) {
  // "late": out of reach in the first attempt only.
  const first = !file || /events-1\.jsonl$/.test(file);
  if (host.includes('down') || (host.includes('late') && first))
    return {
      status: 'unreachable',
      said: { empty: false, msg: `Failed to connect to the host via ssh: ssh: connect to host ${host} port 22: No route to host` },
    };
  if (host.includes('odd') && !undo && !check && at === Math.floor(steps.length / 2))
    return { status: 'failed', said: { empty: false, rc: 7, stderr: 'the disk is odd', command: `/usr/sbin/${step.id} --now`, msg: 'non-zero return code' } };
  if (host.includes('mute') && at === 2) return { status: 'ok', said: { empty: true } };
  if (checkUp) return checked(host, step);
  if (at % 5 === 4) return { status: 'skipped', said: { empty: false, skip_reason: 'Conditional result was False' } };
  const changed = at % 3 === 1;
  const diff = changed
    ? `--- before: /etc/${step.id}.conf\n+++ after: /etc/${step.id}.conf\n@@ -1 +1 @@\n-size = 8\n+size = ${host.includes('big') ? 23 : 22}\n`
    : undefined;
  return { status: 'ok', changed, said: { empty: false, rc: 0, command: `/usr/sbin/${step.id} --now`, stdout: `${step.title} on ${host}: done`, diff } };
}

/** As Ansible: where nobody of a batch is left, the rest is left alone. */
const allLost = (batch) => batch.length > 0 && batch.every((host) => bad.has(host));

async function play(batch) {
  note([{ e: 'play', name: 'Demo', hosts: batch }]);
  for (const [at, step] of steps.entries()) {
    const going = batch.filter((host) => !bad.has(host));
    if (going.length === 0) return;
    const id = `${batch[0]}-${step.id}`;
    const name = `${step.id}: ${step.title}`;
    console.log(`\n\u001b[1mTASK [${name}]\u001b[0m ${'*'.repeat(20)}`);
    note([
      { e: 'task', id, name, action: 'ansible.builtin.command', tags: [step.id], handler: false },
      ...going.map((host) => ({ e: 'host-start', host, task: id })),
    ]);
    await pause();
    while (at > 0 && existsSync(held)) await pause(50);
    for (const host of going) {
      const { status, changed = false, said } = resultOf(host, step, at);
      if (status === 'failed' || status === 'unreachable') bad.set(host, status);
      console.log(status === 'ok' ? `\u001b[3${changed ? 3 : 2}m${changed ? 'changed' : 'ok'}: [${host}]\u001b[0m` : `${status}: [${host}]`);
      note([{ e: 'result', host, task: id, status, changed, ignored: false, hidden: false, said }]);
    }
  }
}

(async () => {
  const vars = args.indexOf('--extra-vars');
  if (vars >= 0) readFileSync(args[vars + 1].slice(1), 'utf8');
  note([{ e: 'start', plays: ['Demo'] }]);
  await play(hosts.slice(0, 1));
  if (!allLost(hosts.slice(0, 1))) await play(hosts.slice(1));
  const counts = (host) => ({
    ok: bad.get(host) === 'unreachable' ? 0 : 3,
    changed: 1,
    failures: bad.get(host) === 'failed' ? 1 : 0,
    dark: bad.get(host) === 'unreachable' ? 1 : 0,
    skipped: 1,
    rescued: 0,
    ignored: 0,
  });
  const seen = allLost(hosts.slice(0, 1)) ? hosts.slice(0, 1) : hosts;
  note([{ e: 'stats', hosts: Object.fromEntries(seen.map((host) => [host, counts(host)])) }]);
  process.exit(bad.size > 0 ? 2 : 0);
})();
