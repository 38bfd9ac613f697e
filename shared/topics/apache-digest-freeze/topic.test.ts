import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rounds } from '../../rounds.test-kit.ts';
import { growthOf } from '../../topic-kit/growth.test-kit.ts';
import { type CommandStep, type EditStep, judge as judgeStep, renderScript, type Script } from '../../topic-kit/index.ts';
import { directives, words } from './config-lines.ts';
import { digestToBasic } from './digest-to-basic.ts';
import { parameters, statusOf, variantOf } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { sectionsFunction } from './served.ts';
import { editStatusInclude } from './status-include.ts';
import { steps } from './steps.ts';

const basic = (old: string, userFile = '') => digestToBasic(old, userFile);

describe('a file with Digest', () => {
  it.each([
    ['in a section', '<Location /x>\n  AuthType Digest\n  AuthName "x"\n</Location>\n', '<Location /x>\n  AuthType Basic\n  AuthName "x"\n</Location>\n'],
    ['in any letter case, with tabs', '\tauthTYPE\t\tdigest\n', '\tauthTYPE\t\tBasic\n'],
    ['in quotes', `AuthType "Digest"\nAuthType 'digest'\n`, `AuthType "Basic"\nAuthType 'Basic'\n`],
    ['with CRLF and spaces behind', 'AuthType Digest  \r\nx\r\n', 'AuthType Basic  \r\nx\r\n'],
    ['without a last line end', 'AuthType Digest', 'AuthType Basic'],
    ['over continued lines', 'AuthType \\\n  Digest\n', 'AuthType \\\n  Basic\n'],
    ['over continued lines with CRLF', 'AuthType\\\r\n Digest\r\n', 'AuthType\\\r\n Basic\r\n'],
    ['beside its module', 'LoadModule auth_digest_module modules/mod_auth_digest.so\n', '#LoadModule auth_digest_module modules/mod_auth_digest.so\n'],
    ['beside Apple’s module', 'LoadModule auth_digest_apple_module libexec/x.so\n', '#LoadModule auth_digest_apple_module libexec/x.so\n'],
    [
      'beside its settings',
      '    AuthDigestProvider file\n\tauthdigestdomain /a/ \\\n   /b/\n',
      '    #AuthDigestProvider file\n\t#authdigestdomain /a/ \\\n   /b/\n',
    ],
    [
      'in a conditional section',
      '<IfModule mod_auth_digest.c>\n AuthDigestQop auth\n</IfModule>\n',
      '<IfModule mod_auth_digest.c>\n #AuthDigestQop auth\n</IfModule>\n',
    ],
  ])('is changed %s, and no second time', (_, old, wanted) => {
    expect(basic(old)).toBe(wanted);
    expect(basic(wanted)).toBe(wanted);
  });
  it.each([
    ['a comment', '# AuthType Digest\n'],
    ['a continued comment', '# see below \\\nAuthType Digest\n'],
    ['an argument of something else', 'Header set X "AuthType Digest"\nAuthName Digest\nInclude digest.conf\n'],
    ['Basic', 'AuthType Basic\nAuthUserFile /x\nLoadModule auth_basic_module x.so\n'],
    ['a longer word', 'AuthType DigestX\nXAuthType Digest\n'],
    ['nothing', ''],
    ['a half-written end', '<Location /x>\nAuthType \\'],
  ])('is left alone where it is %s', (_, old) => expect(basic(old)).toBe(old));
  it('is refused where a word is split, by its line', () =>
    expect(basic('x\nAuthType Dig\\\nest\n')).toMatchObject({ rule: 'split-word', means: expect.stringContaining('line 2') }));
});

describe('a section that Apache skips without Digest’s module', () => {
  const within = (inner: string, condition = 'mod_auth_digest.c') => `<Location /x>\n<IfModule ${condition}>\n${inner}\n</IfModule>\n</Location>\n`;
  it.each([
    ['its type', within('AuthType Digest')],
    ['what it protects, in a file without the type', within('Require valid-user')],
    ['in quotes, by the name of the module', within('AuthName x', '"auth_digest_module"')],
    ['below another condition', within('<IfModule mod_authz_core.c>\nRequire valid-user\n</IfModule>')],
    ['continued', within('Require valid-user', '\\\nmod_auth_digest.c')],
    ['a section', within('<Files y>\n</Files>')],
  ])('is refused where it has more than settings: %s', (_, text) => expect(basic(text)).toMatchObject({ rule: 'if-module' }));
  it('is named by its line', () =>
    expect(basic(within('# x\n\nRequire user u'))).toMatchObject({ means: expect.stringContaining('Line 5, "Require user u"') }));
  it.each([
    ['comments and empty lines', within('# Require valid-user\n\n')],
    ['what is read without the module', within('Require all denied', '!mod_auth_digest.c')],
    ['another module', within('Require valid-user', 'mod_auth_basic.c')],
  ])('is left alone where it has %s', (_, text) => expect(basic(text)).toBe(text));
});

it.each(['dbd', 'file dbm', '"dbd"'])('refuses passwords of Digest from %s, which Basic would not have', (provider) =>
  expect(basic(`AuthType Digest\nAuthDigestProvider ${provider}\n`, '/p')).toMatchObject({
    rule: 'digest-provider',
    means: expect.stringContaining('Line 2'),
  }),
);

describe('passwords of Digest', () => {
  const site = (file: string) =>
    `<Directory /a>\n  AuthUserFile ${file}\n  <Files x>\n    AuthType Digest\n  </Files>\n</Directory>\n<Directory /b>\n  AuthType Basic\n  <IfModule mod_authn_file.c>\n    AuthUserFile /b\n  </IfModule>\n</Directory>\n`;
  it('stop it where there are none for Basic', () =>
    expect(basic(site('"/etc/a b"'))).toMatchObject({
      rule: 'digest-passwords',
      means: expect.stringContaining('Line 2 takes the passwords of Digest from /etc/a b'),
    }));
  it('count in sections beside it too, as sections add up', () =>
    expect(basic('<Directory /a>\nAuthUserFile /x\n</Directory>\n<Location /a>\nAuthType Digest\n</Location>\n')).toMatchObject({ rule: 'digest-passwords' }));
  it('do not count in a file without Digest', () =>
    expect(basic('AuthUserFile /x\nAuthDigestQop auth\n', '/p')).toBe('AuthUserFile /x\n#AuthDigestQop auth\n'));
  it.each(['', '/p'])('are refused, and named, where they come from several files and would become one (%j)', (userFile) =>
    expect(
      basic('<Location /a>\nAuthType Digest\nAuthUserFile /x\n</Location>\n<Location /b>\nAuthType Digest\nAuthUserFile /y\n</Location>\n', userFile),
    ).toMatchObject({
      rule: 'several-password-files',
      means: expect.stringContaining('/x, /y'),
    }),
  );
  it('may come from the same file several times', () => {
    const section = '<Location /a>\nAuthType Digest\nAuthUserFile /x\n</Location>\n';
    expect(basic(section + section, '/p')).toBe((section + section).replaceAll('Digest', 'Basic').replaceAll('/x', '/p'));
  });
  it('are replaced by those for Basic, and nowhere else', () => {
    const once = basic(site('/etc/digest'), '/etc/my basic');
    expect(once).toBe(site('"/etc/my basic"').replace('AuthType Digest', 'AuthType Basic'));
    expect(basic(once as string, '/etc/my basic')).toBe(once);
  });
});

const line = fc.oneof(
  fc.constantFrom(
    'AuthType Digest',
    '\tauthtype "digest" ',
    'AuthType Basic',
    '# AuthType Digest',
    'AuthDigestProvider file',
    '  LoadModule auth_digest_module x.so',
    '<Location "/ä">',
  ),
  fc.constantFrom(
    '</Location>',
    'Include other/*.conf',
    'AuthName "Werkstatt \\" ü"',
    'AuthUserFile /etc/x',
    'AuthType \\',
    'Digest',
    '',
    '\\',
    'RewriteRule ^ - [E=A:%{B}]',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
);
const file = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\\\n')), { maxLength: 30 })
  .chain((lines) => line.map((last) => lines.map(([text, end]) => text + end).join('') + last));

describe('any file', () => {
  it('is all there in its directives', () =>
    fc.assert(
      fc.property(
        file,
        (text) =>
          directives(text)
            .map(({ raw }) => raw)
            .join('') === text,
      ),
    ));
  it('is the same when it is changed twice', () =>
    fc.assert(
      fc.property(file, (text) => {
        const once = basic(text, '/p');
        if (typeof once === 'string') expect(basic(once, '/p')).toBe(once);
        else expect(['split-word', 'variable-type', 'digest-provider', 'several-password-files', 'variable-password-file']).toContain(once.rule);
      }),
      { numRuns: rounds({ test: 100, soak: 1_000 }) },
    ));
  it('keeps every byte but that word, signs of comments and password files', () =>
    fc.assert(
      fc.property(file, (text) => {
        const once = basic(text, '/p');
        if (typeof once !== 'string') return;
        const [before, after] = [directives(text), directives(once)];
        expect(after.length).toBe(before.length);
        for (const [at, each] of before.entries()) {
          const { raw } = each;
          const now = after[at]?.raw ?? '';
          if (words(each).name === 'authuserfile') continue;
          expect([raw, raw.replace(/digest/i, 'Basic'), raw.replace(/^(\s*)/, '$1#')]).toContain(now);
        }
      }),
      { numRuns: rounds({ test: 100, soak: 1_000 }) },
    ));
  it('costs no more than in proportion to its 50,000 lines in 5,000 sections', () => {
    const edit = (sections: number) => {
      const text = '<Location /x>\nAuthType Digest\na\nb\nc\nd\ne\nf\ng\n</Location>\n'.repeat(sections);
      expect(basic(text)).toBe(text.replaceAll('Digest', 'Basic'));
    };
    expect(growthOf(edit, 1250)).toBeLessThan(10);
  });
});

it('takes only its own include for its own', () => {
  const variant = variantOf(parameters.parse({}));
  const made = editStatusInclude('', variant);
  expect(made).toMatch(
    /<RequireAll>\s+Require local\s+Require expr "-z %\{HTTP:X-Forwarded-For\} && -z %\{HTTP:Forwarded\} && -z %\{HTTP:Via\}"\s+<\/RequireAll>/,
  );
  expect(editStatusInclude(made as string, variant)).toBe(made);
  const keyed = editStatusInclude('', variant, 'a'.repeat(32)) as string;
  expect(keyed).toContain(`Require expr "%{HTTP:X-Wrenchbook-Key} == '${'a'.repeat(32)}'"`);
  expect(editStatusInclude(keyed, variant, 'b'.repeat(32)), 'one that is there stays').toBe(keyed);
  expect(editStatusInclude('Listen 81\n', variant)).toMatchObject({ rule: 'foreign-include' });
});

describe('files with Digest', () => {
  let base: string;
  beforeEach(() => {
    base = realpathSync(mkdtempSync(path.join(tmpdir(), 'wb-apache-')));
    for (const folder of ['etc/sites-available', 'etc/sites-enabled', 'srv']) mkdirSync(path.join(base, folder), { recursive: true });
  });
  afterEach(() => rmSync(base, { recursive: true }));

  const write = (name: string, text: string) => writeFileSync(path.join(base, name), text);
  const link = (name: string, to: string) => symlinkSync(to, path.join(base, name));
  const printed = (script: Script) =>
    execFileSync('sh', ['-c', renderScript(script, (name) => name)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(`${base}/`, ''))
      .toSorted();
  const step = (folder = 'etc') => steps(parameters.parse({ system: 'os-x-server', folder: `${base}/${folder}` })).find(({ id }) => id === 'basic') as EditStep;
  const found = (folder?: string) => printed(step(folder).files?.find as Script);
  // Where Apache can't be asked, all that is in the folder is taken for what it reads.
  const still = 'still Digest: 127.0.0.1 80 http  /';
  const left = (folder?: string) => printed(step(folder).verify?.script as Script);

  it('are found by a condition alone, and not by its opposite or another', () => {
    write('etc/a.conf', ' <ifmodule "mod_auth_digest.c">\nRequire valid-user\n</ifmodule>\n');
    write('etc/b.conf', '<IfModule \\\n auth_digest_module>\nRequire valid-user\n</IfModule>\n');
    write('etc/c.conf', '<IfModule !mod_auth_digest.c>\n</IfModule>\n<IfModule mod_ssl.c>\n</IfModule>\n# <IfModule mod_auth_digest.c>\n');
    expect(found()).toEqual(['etc/a.conf', 'etc/b.conf']);
  });
  it('are found once where they are linked within the folder, over several links too', () => {
    write('etc/sites-available/a.conf', 'AuthType Digest\n');
    link('etc/sites-enabled/a.conf', '../sites-available/a.conf');
    link('etc/sites-enabled/b.conf', 'a.conf');
    link('etc/sites-enabled/c.conf', path.join(base, 'etc/sites-available/a.conf'));
    expect([found(), left()]).toEqual([['etc/sites-available/a.conf'], ['left: 1', still]]);
  });
  it('are named where a link leads to them elsewhere, before and after', () => {
    write('srv/a.conf', 'AuthType Digest\n');
    write('srv/plain.conf', 'AuthType Basic\n');
    write('etc/sites-available/no-end', 'AuthType Digest\n');
    link('etc/a b.conf', '../srv/a.conf');
    link('etc/sites-enabled/b.conf', path.join(base, 'srv/a.conf'));
    link('etc/sites-enabled/c.conf', '../sites-available/no-end');
    link('etc/plain.conf', '../srv/plain.conf');
    link('etc/gone.conf', '../srv/gone.conf');
    const links = ['link: etc/a b.conf', 'link: etc/sites-enabled/b.conf'];
    expect([found(), left()]).toEqual([
      ['etc/sites-available/no-end', ...links],
      ['left: 0', ...links, still],
    ]);
    for (const matchers of [step().files?.matchers, step().verify?.matchers])
      expect(matchers?.find(({ pattern }) => pattern.test(links[0] ?? ''))).toMatchObject({ kind: 'failure', id: 'linked-elsewhere' });
  });
  it('are found in a folder that is a link', () => {
    write('etc/sites-available/a.conf', 'AuthType Digest\n');
    link('etc/sites-enabled/a.conf', '../sites-available/a.conf');
    link('srv/apache', '../etc');
    expect([found('srv/apache'), left('srv/apache')]).toEqual([['srv/apache/sites-available/a.conf'], ['left: 1', still]]);
  });
});

describe('a type or a password file that is filled in later', () => {
  const macro = '<Macro Site $n $r $f>\n<Location /x>\nAuthType Digest\nAuthName "$r"\nAuthUserFile $f\n</Location>\n</Macro>\n';
  it.each([
    ['variable-password-file', macro],
    ['variable-password-file', macro.replaceAll('$f', '%f').replaceAll('$', '')],
    ['variable-password-file', macro.replaceAll('$f', 'userfile')],
    ['variable-password-file', `<Location /x>\nAuthType Digest\nAuthUserFile \${PASSWORDS}\n</Location>\n`],
    ['variable-type', `<Location /x>\nAuthType \${AUTH}\nAuthUserFile /x\n</Location>\n`],
    ['variable-type', '<Macro M kind>\nAuthType kind\n</Macro>\n'],
  ])('is refused: %s', (rule, text) => expect(basic(text, '/p')).toMatchObject({ rule }));
  it('is no refusal where the macro fills in other things', () =>
    expect(basic('<Macro M $n>\nServerName $n\nAuthType Digest\nAuthUserFile /x\n</Macro>\n', '/p')).toContain('AuthType Basic\nAuthUserFile /p'));
});

describe('sections that ask for a password', () => {
  const told = (text: string) => {
    const base = mkdtempSync(path.join(tmpdir(), 'wb-sections-'));
    try {
      writeFileSync(path.join(base, 'a.conf'), text);
      const script = sectionsFunction(variantOf({ system: 'rhel', folder: base }));
      return execFileSync('sh', ['-c', `${renderScript(script, (name) => name)}\nsections`], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } })
        .split('\n')
        .filter(Boolean);
    } finally {
      rmSync(base, { recursive: true });
    }
  };
  const auth = 'AuthType Digest\nAuthName "A b"\nAuthUserFile /etc/a.digest';
  it.each([
    [
      `<VirtualHost *:8080>\n<Location "/intern">\n${auth}\n</Location>\nServerName a.test\n</VirtualHost>\n`,
      'digest\t127.0.0.1 8080 http a.test\t/intern\tA b\t/etc/a.digest',
    ],
    [`Listen 192.0.2.1:81\r\n<Location />\r\n  authtype \\\r\n  "digest"\r\n</Location>\r\n`, 'digest\t127.0.0.1 81 http \t/\t\t'],
    [
      `<VirtualHost 192.0.2.1:443>\nServerName b.test:443\nDocumentRoot "/srv/www"\nSSLEngine on\n<Directory /srv/www/x/>\n<IfModule mod_x.c>\n${auth}\n</IfModule>\n<Limit PUT>\nRequire valid-user\n</Limit>\n</Directory>\n</VirtualHost>\n`,
      'digest\t192.0.2.1 443 https b.test\t/x/\tA b\t/etc/a.digest',
    ],
    [`<LocationMatch "^/a">\nAuthType Basic\n</LocationMatch>\n`, 'basic\t127.0.0.1 80 http \t\t\t'],
    ['# AuthType Digest\n<Location /x>\n#AuthType Digest\n</Location>\n', undefined],
  ])('are told with site, path, realm and password file: %j', (text, wanted) => expect(told(text)).toEqual(wanted === undefined ? [] : [wanted]));
});

describe('the status page', () => {
  it('is asked for behind OS X Server’s service proxy, unless another address is given', () => {
    const status = (more: object) => statusOf(parameters.parse(more));
    expect(status({})).toBe('http://localhost/server-status');
    expect(status({ system: 'os-x-server' })).toBe('http://127.0.0.1:34580/server-status');
    expect(status({ system: 'os-x-server', status: 'http://localhost:81/server-status' })).toBe('http://localhost:81/server-status');
  });
  it('is checked with the environment of Apple’s own start script', () => {
    const { configTest } = variantOf(parameters.parse({ system: 'os-x-server' }));
    expect(renderScript(configTest, (name) => name)).toContain(
      'env SERVER_INSTALL_PATH_PREFIX=/Applications/Server.app/Contents/ServerRoot PATH=/Applications/Server.app',
    );
  });
  it.each(['ServerUptimeSeconds: 4', 'Uptime: 4'])('tells that Apache has just started, also before 2.4.13: %s', (line) => {
    const restart = steps(parameters.parse({})).find(({ id }) => id === 'restart') as CommandStep;
    const said = (output: string) => judgeStep(restart.verify?.matchers ?? [], { output, exitStatus: 0, facts: {} }).map(({ kind }) => kind);
    expect(said(line)).toEqual(['expected']);
    expect(said(line.replace('4', '4000'))).toEqual(['failure']);
    const script = renderScript(restart.verify?.script as Script, (name) => name);
    const grep = script.slice(script.indexOf('grep'));
    expect(execFileSync('sh', ['-c', `printf 'Total Accesses: 4\n${line}\nBusyWorkers: 1\n' | ${grep}`], { encoding: 'utf8' })).toContain(line);
  });
});

it.each([
  ['/etc/httpd', { system: 'rhel' }],
  ['/etc/httpd', { system: 'debian', folder: '/etc/httpd' }],
  ['/opt/rh/httpd', { system: 'debian', folder: '/opt/rh/httpd' }],
])('has Red Hat’s places below %s', (folder, values) =>
  expect(variantOf(parameters.parse(values))).toMatchObject({ folder, include: `${folder}/conf.d/wrenchbook-status.conf` }),
);

describe('the look', () => {
  const judge = (found: string, values = {}) => probe.judge({ output: found.replaceAll(' ', '\n'), exitStatus: 0 }, parameters.parse(values));
  it.each([
    ['affected', 'folder=yes digest=2 lines=3 read=90 ran-out=4 processes=300'],
    ['affected', 'folder=yes digest=0 lines=3 read=90 ran-out=0 processes=3'],
    ['already-fixed', 'folder=yes digest=0 lines=0 read=90 processes=3'],
    ['affected', 'folder=yes digest=0 sections=1 lines=0 read=90 processes=3'],
    ['affected', 'folder=yes digest=0 sections=0 htaccess=1 lines=0 read=90 processes=3'],
    ['unknown', 'folder=yes digest=0 lines=0 read=0 processes=3'],
    ['unknown', 'folder=no other-os-x-server=yes digest=0 lines=0 read=0'],
    ['not-affected', 'folder=no digest=0 lines=0 read=0'],
  ])('says %s of %s', (verdict, found) => expect(judge(found)).toMatchObject({ verdict }));
  it('names the other kind of Apache', () => expect(judge('folder=no other-os-x-server=yes').next).toContain('OS X Server 5'));
});

it('draws what was measured, look by look, and an example before that', () => {
  expect(pictures({}, { facts: {} })[0]?.title).toContain('an example');
  const [picture] = pictures({}, { facts: { 'boards-before': `CCC_ C.C${'C'.repeat(300)}`, 'boards-after': '__W' } });
  expect(picture).toMatchObject({
    title: 'What Apache’s children do',
    caption: 'before: 302 of 302 children are closing; after: 0 of 3 children are closing.',
    rows: [{ label: 'before, look 1', cells: 'CCC_' }, { label: 'before, look 2' }, { label: 'after, look 1', cells: '__W' }],
  });
});
