/** An auditor without Wrenchbook, on a machine of their own, follows a bundle's VERIFY.md to the letter. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { ScratchMachine, whyNoMachineWithPackages } from './scratch-machine.test-kit.ts';

const packages = ['jq', 'libjq1', 'libonig5'];
const why = whyNoMachineWithPackages(packages);
if (why) console.log(`VERIFY.md is not followed on another machine: ${why}.`);

describe.skipIf(why)('VERIFY.md on a machine without Wrenchbook', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'wb-auditor-'));
  let machine: ScratchMachine;
  let bundle = '';
  let blocks: string[] = [];

  beforeAll(async () => {
    machine = await ScratchMachine.start('', [], { packages });
    const rehearsal = new Rehearsal();
    const { runId } = await rehearsal.advanceWhileWell(await rehearsal.start('perc-h200-crossflash'));
    bundle = path.join(folder, `${runId}.wbrun`);
    await rehearsal.api.transcripts.export({ runId, format: 'bundle', out: bundle });
    await rehearsal.end();
    execFileSync('tar', ['-xf', bundle, '-C', folder, 'VERIFY.md']);
    blocks = [...readFileSync(path.join(folder, 'VERIFY.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  });
  afterAll(async () => {
    await machine?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** All its commands one after the other, as the auditor; throws where one does not end well. */
  const follow = (file: string, where: string) => {
    mkdirSync(path.join(machine.root, where));
    cpSync(file, path.join(machine.root, where, path.basename(bundle)));
    writeFileSync(path.join(machine.root, where, 'typed.sh'), blocks.join('\n'));
    return machine.asRoot(`chown -R wren ${where} && su wren -c 'cd ${where} && sh -e typed.sh' 2>&1`);
  };

  it('says that all is well', () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(machine.asRoot('command -v wrenchbook || echo none')).toBe('none\n');
    expect(follow(bundle, '/srv/well')).toMatch(/Good "wrenchbook-seal" signature/);
  });

  it.each(['journal.jsonl', 'recording.cast', 'seal.json'])('says that one changed byte in %s is not', (name) => {
    const where = path.join(folder, `changed-${name}`);
    mkdirSync(where);
    execFileSync('tar', ['-xf', bundle, '-C', where]);
    const bytes = readFileSync(path.join(where, name));
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path.join(where, name), bytes);
    const changed = path.join(folder, `${name}.wbrun`);
    execFileSync('sh', ['-c', 'cd "$0" && tar -cf "$1" *', where, changed]);
    expect(() => follow(changed, `/srv/${name}`)).toThrow();
  });
});
