/** Which hosts an ssh configuration names; over generated ones, `ssh -G` is the judge. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rounds } from '../../../../shared/rounds.test-kit.ts';
import { configHosts } from './config-hosts.ts';

const noSsh = spawnSync('ssh', ['-V']).status !== 0;
if (noSsh) console.log('ssh -G does not judge generated configurations: there is no ssh client here.');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wb-hosts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const named = (file: string) => configHosts(file).hosts.map(({ host }) => host);

describe('the hosts of a configuration', () => {
  it('are found behind Match, with slashes and umlauts', () => {
    put('conf.d/web', 'Host web1\n  HostName 192.0.2.2\n');
    const config = put(
      'config',
      'Host bastion\n  HostName 192.0.2.1\nMatch all\nInclude conf.d/*\nHost prod/web1 my_server\n  HostName 192.0.2.13\nHost münchen\n',
    );
    expect(named(config)).toEqual(['bastion', 'web1', 'prod/web1', 'my_server', 'münchen']);
  });

  it('are those that a Match spells out, and that the block around an Include is for', () => {
    put('inner', 'Host prod-1 test-1\n');
    const config = put('config', `Match host a,b,!b,c*\n  User x\nMatch exec "touch ${folder}/never" originalhost=d\nHost prod-*\n  Include inner\n`);
    expect(named(config)).toEqual(['a', 'd', 'prod-1']);
  });

  it('are found in files whose folders have wildcards, in quotes, and relative to the first folder', () => {
    put('conf.d/10-x/a.conf', 'Include conf.d/other/nested\nHost in-a\n');
    put('conf.d/20-x/b.conf', 'Host in-b\n');
    put('conf.d/other/nested', 'Host nested\n');
    put('my hosts', 'Host blank\n');
    put('.hidden.conf', 'Host hidden\n');
    expect(named(put('config', 'Include conf.d/[12]0-?/*.conf\nInclude "my hosts" *.conf none[1\n'))).toEqual(['nested', 'in-a', 'in-b', 'blank']);
  });

  it('are found beside a folder, which is passed over as ssh does', () => {
    put('conf.d/sub/x', 'Host never\n');
    put('conf.d/y', 'Host y\n');
    expect(configHosts(put('config', 'Include conf.d/* conf.d\n'))).toEqual({ hosts: [{ host: 'y', detail: '' }], troubles: [] });
  });
});

const names = ['web1', 'web2', 'prod/web1', 'münchen', 'db-1', 'db2', 'fe80::1%eth0', 'a.b'];
const name = fc.constantFrom(...names);
const pattern = fc.oneof({ weight: 4, arbitrary: name }, fc.constantFrom('*', 'web*', 'd?2', 'prod/*', 'w*b*1', '*.b'));
const patterns = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: pattern },
    pattern.map((each) => `!${each}`),
  ),
  { minLength: 1, maxLength: 3 },
);
const head = fc.oneof(
  { weight: 3, arbitrary: patterns.map((all) => ({ line: `Host ${all.join(' ')}`, all })) },
  fc.tuple(fc.constantFrom('host', 'originalhost', 'HOST'), patterns).map(([word, all]) => ({ line: `Match ${word} ${all.join(',')}`, all })),
  pattern.map((each) => ({ line: `Match !host ${each}`, all: [] as string[] })),
  fc.constant({ line: 'Match all', all: [] as string[] }),
);
/** `includes`: which of the later files, by which words. */
const block = fc.record({
  head,
  includes: fc.array(fc.constantFrom('part-1', 'part-[12]', 'part-*', 'p?rt-2', 'none-*'), { maxLength: 1 }),
  tab: fc.boolean(),
  equals: fc.boolean(),
});
const parts = fc.array(fc.array(block, { maxLength: 3 }), { minLength: 3, maxLength: 3 });

describe.skipIf(noSsh)('ssh -G, over generated configurations', () => {
  it('knows the same names', () => {
    fc.assert(
      fc.property(parts, fc.array(fc.constantFrom('part-1', 'part-2', 'part-?'), { maxLength: 1 }), (files, first) => {
        const literal = new Map<string, string[]>();
        const written = files.map((blocks, at) =>
          blocks.map(({ head: { line, all }, includes, tab, equals }, index) => {
            const id = `/id-${at}-${index}`;
            literal.set(
              id,
              all.filter((each) => !/[*?!]/.test(each)),
            );
            const lines = [`IdentityFile${equals ? '=' : ' '}${id}`, ...(at === 0 ? includes.map((each) => `Include ${folder}/${each}`) : [])];
            return `${line}\n${lines.map((each) => `${tab ? '\t' : '  '}${each}\n`).join('')}`;
          }),
        );
        const [config = '', one = '', two = ''] = written.map((blocks) => blocks.join(''));
        put('part-1', one);
        put('part-2', two);
        const file = put('config', first.map((each) => `Include ${folder}/${each}\n`).join('') + config);
        const ours = new Set(named(file));
        for (const host of names) {
          const says = execFileSync('ssh', ['-G', '-F', file, '--', host], { encoding: 'utf8', stdio: 'pipe' });
          const met = [...says.matchAll(/^identityfile (\S+)$/gm)].map(([, id = '']) => id);
          const known = met.some((id) => literal.get(id)?.includes(host));
          expect(ours.has(host), `${host} in\n${file}`).toBe(known);
        }
      }),
      { numRuns: rounds({ test: 40, soak: 1000 }) },
    );
  });
});
