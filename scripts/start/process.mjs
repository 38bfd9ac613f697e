/** Child processes of the start script. What they print goes to stderr, so that stdout stays the app's own. */
import { spawn, spawnSync } from 'node:child_process';

/** Runs to the end. Throws with `failure`, which says what to do next, where it did not succeed. */
export function runStep(command, values, { cwd, failure, shell = false }) {
  const { status, error } = spawnSync(command, values, { cwd, shell, stdio: ['ignore', 2, 2] });
  if (error || status !== 0) throw new Error(failure);
}

/** Runs npm with the npm that runs us, where there is one. */
export function npm(values, { cwd, failure }) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js')) runStep(process.execPath, [own, ...values], { cwd, failure });
  else runStep('npm', values, { cwd, failure, shell: process.platform === 'win32' });
}

/** Runs the app in the foreground; resolves with its exit status. Ctrl-C is the app's to answer. */
export function runApp(command, values, env) {
  const child = spawn(command, values, { stdio: 'inherit', env });
  const leaveToChild = () => undefined;
  process.on('SIGINT', leaveToChild);
  const passOn = (signal) => child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => resolve(status ?? 1));
  });
}
