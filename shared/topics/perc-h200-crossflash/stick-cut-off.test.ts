/** The stick's scripts, cut off after each of their lines, go on when they are run again, and are cleared to the last file. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandStep, renderScript, type Script, type Step } from '../../topic-kit/index.ts';
import { labDefaults, parameters } from './parameters.ts';
import { steps } from './steps.ts';

const text = (script: Script) => renderScript(script, (file) => file);
const isCommand = (step: Step | undefined): step is CommandStep => step?.kind === 'command';

describe.each(['lay-out-stick', 'lay-out-scripts'])('%s', (id) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-stick-'));
  const sources = path.join(folder, 'sources');
  const stickFolder = path.join(folder, 'stick');
  mkdirSync(sources);
  const chosen = Object.fromEntries(
    Object.entries(labDefaults).map(([name, value]) => {
      if (typeof value !== 'string' || !value.startsWith('lab:')) return [name, value];
      const file = path.join(sources, value.slice('lab:'.length).replaceAll('/', '-'));
      writeFileSync(file, name);
      return [name, file];
    }),
  );
  const all = steps(parameters.parse({ ...chosen, way: 'script', stickFolder }), false);
  const step = all.find((one) => one.id === id);
  const before = all
    .slice(
      0,
      all.findIndex((one) => one.id === id),
    )
    .filter(isCommand);
  const files = () => readdirSync(stickFolder, { recursive: true }).sort();
  const run = (script: string) => spawnSync('sh', ['-c', script], { encoding: 'utf8' });

  it('goes on where it was cut off', () => {
    if (!isCommand(step) || !step.undo || !('parts' in step.undo) || !('parts' in step.script)) throw new Error(`${id} is no command with an undo`);
    mkdirSync(stickFolder);
    for (const { script } of before) if ('parts' in script) expect(run(text(script)).status).toBe(0);
    const found = files();
    const whole = text(step.script);
    const lines = whole.split('\n');
    let cuts = 0;
    const from = lines.indexOf('fi');
    expect(from).toBeGreaterThan(0);
    for (let cut = from; cut < lines.length; cut++) {
      const begun = lines.slice(0, cut + 1).join('\n');
      if (begun.endsWith('\\') || spawnSync('sh', ['-n', '-c', begun]).status !== 0) continue; // inside a command
      cuts++;
      expect(run(`${begun}\nexit 9`).status, lines[cut]).toBe(9);
      expect(run(whole), `cut off after: ${lines[cut]}`).toMatchObject({ status: 0, stderr: '' });
      expect(run(text(step.undo)).status).toBe(0);
      mkdirSync(stickFolder, { recursive: true });
      expect(files()).toEqual(found);
    }
    expect(cuts).toBeGreaterThan(5);
    // What somebody else put there stays (negative control).
    mkdirSync(path.join(stickFolder, 'P07'), { recursive: true });
    writeFileSync(path.join(stickFolder, 'startup.nsh'), 'theirs');
    expect(run(whole)).toMatchObject({ status: 1, stdout: expect.stringContaining('The stick already has') });
    rmSync(folder, { recursive: true });
  });
});
