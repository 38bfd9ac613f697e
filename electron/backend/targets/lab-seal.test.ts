/** Nothing but the rehearsal is in reach of a rehearsal: other programs, files and the network are not. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whyNoSeal } from '../conformance/seal.test-kit.ts';
import { Session } from '../sessions/session.ts';
import { labSession } from './lab-target.ts';

if (whyNoSeal) console.log(`A sealed rehearsal is not tried: ${whyNoSeal}.`);

describe.skipIf(process.platform === 'win32')('a rehearsal', () => {
  let data = '';
  let outside = '';
  beforeEach(() => {
    data = mkdtempSync(path.join(tmpdir(), 'wb-seal-'));
    outside = path.join(data, 'of-this-machine');
    mkdirSync(path.join(data, 'runs', 'run', 'lab'), { recursive: true });
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'file'), 'mine\n');
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  async function run(script: string, environment: Record<string, string> = {}): Promise<{ status: number; text: string }> {
    const options = await labSession(
      path.join(data, 'runs', 'run', 'lab'),
      { topicId: 'bind-ad-dns', assetsFolder: path.resolve('assets') },
      { cols: 100, rows: 30 },
    );
    const { session } = await Session.open({ ...options, environment: { ...options.environment, ...environment } });
    let text = '';
    session.onData((bytes) => {
      text += bytes.toString();
    });
    const status = await session.run(script);
    await session.close();
    return { status, text };
  }

  it('has its own tools and harmless ones, and no other program of this machine', async () => {
    const { text } = await run('command -v dig; command -v sed; for each in mount ip ssh reboot apt node; do command -v $each || echo "no $each"; done');
    expect(text.split('\r\n')).toEqual([
      path.resolve('assets/lab/bind-ad-dns/dig'),
      path.join(data, 'lab-links', 'sed'),
      ...['mount', 'ip', 'ssh', 'reboot', 'apt', 'node'].map((name) => `no ${name}`),
      '',
    ]);
  });

  it('stands in its folder, as the user it was started by, and has a place for temporary files', async () => {
    const { status, text } = await run('pwd; id -u; echo x >"$(mktemp)" && ls tmp | wc -l');
    expect([status, text.split('\r\n').map((line) => line.trim())]).toEqual([0, [path.join(data, 'runs', 'run', 'lab'), String(process.getuid?.()), '1', '']]);
  });

  const trouble = () => `echo changed >'${outside}/file'; mkdir '${outside}/made'; rm -rf '${outside}/file'; echo here >here`;
  describe.skipIf(whyNoSeal)('where namespaces can be had', () => {
    it('changes nothing outside', async () => {
      const { text } = await run(trouble());
      expect(text).toContain('Read-only file system');
      expect([readFileSync(path.join(outside, 'file'), 'utf8'), existsSync(path.join(outside, 'made'))]).toEqual(['mine\n', false]);
      expect(readFileSync(path.join(data, 'runs/run/lab/here'), 'utf8')).toBe('here\n');
    });
    it('is writable itself, also behind a link and with a blank in its name', async () => {
      const behind = path.join(data, 'a b', 'runs', 'run', 'lab');
      mkdirSync(behind, { recursive: true });
      symlinkSync(path.join(data, 'a b'), path.join(data, 'link'));
      const lab = path.join(data, 'link', 'runs', 'run', 'lab');
      const options = await labSession(lab, { topicId: 'bind-ad-dns', assetsFolder: path.resolve('assets') }, { cols: 100, rows: 30 });
      const { session } = await Session.open(options);
      expect(await session.run(`echo here >here; ! echo x >'${data}/outside'`)).toBe(0);
      await session.close();
      expect([readFileSync(path.join(behind, 'here'), 'utf8'), existsSync(path.join(data, 'outside'))]).toEqual(['here\n', false]);
    });
    it('reaches no network', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      const connect = `perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => "127.0.0.1:${port}") ? "reached" : "not reached"'`;
      expect((await run(connect)).text).toBe('not reached');
      expect((await run(connect, { WRENCHBOOK_LAB_OPEN: '1' })).text, 'negative control').toBe('reached');
      server.close();
    });
    it('would change things without the seal (negative control)', async () => {
      await run(trouble(), { WRENCHBOOK_LAB_OPEN: '1' });
      expect([existsSync(path.join(outside, 'file')), existsSync(path.join(outside, 'made'))]).toEqual([false, true]);
    });
    it.skipIf(process.getuid?.() !== 0)('is sealed for somebody else than root too', async () => {
      const lab = mkdtempSync('/var/tmp/wb-seal-');
      const environment = `WRENCHBOOK_LAB=${lab}/lab WRENCHBOOK_LAB_TOOLS=/nonexistent WRENCHBOOK_LAB_LINKS=${lab}/links`;
      try {
        mkdirSync(path.join(lab, 'lab'));
        const start = `chown -R nobody ${lab}; cp assets/helper/lab-start.sh ${lab}/; cd ${lab}; setpriv --reuid nobody --regid nogroup --clear-groups env ${environment} sh ${lab}/lab-start.sh sh -c 'id -un; touch ${lab}/outside || echo refused; touch inside && ls'`;
        const { execFileSync } = await import('node:child_process');
        expect(execFileSync('sh', ['-c', `${start} 2>/dev/null`], { encoding: 'utf8' }).split('\n')).toEqual(['nobody', 'refused', 'inside', 'tmp', '']);
      } finally {
        rmSync(lab, { recursive: true, force: true });
      }
    });
  });
});
