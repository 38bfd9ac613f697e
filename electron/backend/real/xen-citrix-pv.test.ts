/** The wrapper as a toolstack starts it, on a terminal, with a device model and a xenstore-rm that write down what they are told. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wrapperText } from '../../../shared/topics/xen-citrix-pv/wrapper.ts';
import { PtyProcess } from '../sessions/pty-process.ts';

describe('the wrapper of the device model', () => {
  let folder: string;
  const place = (name: string) => path.join(folder, name);
  const program = (name: string, text: string) => writeFileSync(place(name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-xen-'));
    mkdirSync(place('path with spaces'));
    program('path with spaces/qemu-dm', `{ echo "pid $$"; for word; do printf '<%s>\\n' "$word"; done; } >${place('started')}; sleep 0.2; exit 7`);
    program('xenstore-rm', `echo "$1" >>${place('removed')}`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const deviceModel = () => place('path with spaces/qemu-dm');
  const removed = () => {
    try {
      return readFileSync(place('removed'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  const nodes = (id: string) => ['console', 'vfb'].map((kind) => `/local/domain/0/backend/${kind}/${id}`);

  async function start(text: string, args: readonly string[]) {
    writeFileSync(place('qemu-dm-citrixpv'), text, { mode: 0o755 });
    const environment = { PATH: `${folder}:${process.env.PATH}` };
    const pty = new PtyProcess({ program: place('qemu-dm-citrixpv'), args, folder: '/', environment, cols: 80, rows: 24 });
    let said = '';
    pty.onData((bytes) => {
      said += bytes.toString();
    });
    const { status } = await new Promise<{ status: number }>((resolve) => pty.onExit(resolve));
    const [pid = '', ...words] = readFileSync(place('started'), 'utf8').trim().split('\n');
    return { status, said, words, same: pid === `pid ${pty.pid}` };
  }
  const told = ['-domain-name', 'Windows Server 2008', '-vnc', '127.0.0.1:1, password="a  b"', '-d', '12', '', '$(touch x)', '*'];

  it('hands every argument on as it came, becomes the device model itself, and takes the nodes out twice', async () => {
    const { status, said, words, same } = await start(wrapperText(deviceModel(), 1), told);
    expect([status, said, same]).toEqual([7, '', true]);
    expect(words).toEqual(told.map((word) => `<${word}>`));
    expect(removed()).toEqual(nodes('12'));
    await expect.poll(removed, { timeout: 10_000 }).toEqual([...nodes('12'), ...nodes('12')]);
  });

  it('finds the id that newer device models are given', async () => {
    await start(wrapperText(deviceModel(), 30), ['-xen-domid', '4', '-d', 'in_asm']);
    expect(removed()).toEqual(nodes('4'));
  });

  it('takes nothing out without an id, says so, and starts the device model all the same', async () => {
    const { status, said, words } = await start(wrapperText(deviceModel(), 1), ['-d', '../../vbd', '-vnc', ':1']);
    expect([status, words.length, removed()]).toEqual([7, 4, []]);
    expect(said).toContain('no domain id');
  });

  it('would lose the spaces the way of the source (negative control)', async () => {
    const source = `#!/bin/sh\nxenstore-rm /local/domain/0/backend/console/$2\nexec '${deviceModel()}' $*\n`;
    const { words } = await start(source, told);
    expect(words).not.toEqual(told.map((word) => `<${word}>`));
    expect(removed()).toEqual(['/local/domain/0/backend/console/Windows']);
  });
});
