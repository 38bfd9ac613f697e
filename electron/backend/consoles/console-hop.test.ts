/** A console's program as a hop, without a login: its words, and the helper behind the shell that it leads to. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleWay } from '../../../shared/api/console.ts';
import { Session } from '../sessions/session.ts';
import { enterWay } from './console-hop.ts';

describe.skipIf(process.platform === 'win32')('a console behind a program', () => {
  let folder = '';
  let session: Session;
  let text = '';
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'wb-console-hop-'));
    for (const name of ['virsh', 'xl', 'ipmitool', 'own']) {
      writeFileSync(path.join(folder, name), `#!/bin/sh\nprintf '%s\\n' "$@" >${folder}/words\nPS1='$ ' exec sh -i\n`);
      chmodSync(path.join(folder, name), 0o755);
    }
    const environment = { PATH: `${folder}:${process.env.PATH}`, HOME: folder, ENV: '' };
    ({ session } = await Session.open({ helper: path.resolve('assets/helper/session.sh'), shell: ['sh'], folder, environment, cols: 80, rows: 24 }));
    text = '';
    session.onData((bytes) => {
      text += bytes.toString();
    });
  });
  afterEach(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const enter = (way: ConsoleWay) =>
    enterWay(session, { kind: 'console', name: 'x', way: () => way }, { asked: () => true, signal: new AbortController().signal });

  it.each<[ConsoleWay, string[]]>([
    [{ by: 'virsh', domain: 'web1', connection: 'qemu:///system' }, ['-c', 'qemu:///system', '-e', '^]', 'console', 'web1']],
    [{ by: 'xl', domain: 'web1' }, ['console', 'web1']],
    [{ by: 'ipmi', host: 'bmc', user: 'admin' }, ['-I', 'lanplus', '-H', 'bmc', '-U', 'admin', '-a', '-e', '\x1d', 'sol', 'activate']],
    [{ by: 'command', words: ['own', "it's $HOME", ''] }, ["it's $HOME", '']],
  ])('is started with its words, and scripts run behind it: %j', async (way, words) => {
    expect(await enter(way)).toMatchObject({ entered: { system: expect.any(String) } });
    expect(readFileSync(path.join(folder, 'words'), 'utf8')).toBe(words.map((word) => `${word}\n`).join(''));
    expect(await session.run('echo "behind: $((6*7))"; exit 3')).toBe(3);
    expect(text).toContain('behind: 42');
  });

  it('that ends at once says so by its status', async () => {
    writeFileSync(path.join(folder, 'xl'), '#!/bin/sh\necho no such domain\nexit 5\n');
    expect(await enter({ by: 'xl', domain: 'gone' })).toEqual({ status: 5 });
    expect(text).toContain('no such domain');
  });
});
