import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directives, words } from './config-lines.ts';
import { digestToBasic } from './digest-to-basic.ts';
import { parameters, variantOf } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { editStatusInclude } from './status-include.ts';

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

describe('passwords of Digest', () => {
  const site = (file: string) =>
    `<Directory /a>\n  AuthUserFile ${file}\n  <Files x>\n    AuthType Digest\n  </Files>\n</Directory>\n<Directory /b>\n  AuthUserFile /b\n</Directory>\n`;
  it('stop it where there are none for Basic', () =>
    expect(basic(site('"/etc/a b"'))).toMatchObject({
      rule: 'digest-passwords',
      means: expect.stringContaining('Line 2 takes the passwords of Digest from /etc/a b'),
    }));
  it('are replaced by those for Basic, in the sections around it and nowhere else', () => {
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
        else expect(once.rule).toBe('split-word');
      }),
      { numRuns: 500 },
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
      { numRuns: 500 },
    ));
  it('stays quick with 50,000 lines in 5,000 sections', () => {
    const text = '<Location /x>\nAuthType Digest\na\nb\nc\nd\ne\nf\ng\n</Location>\n'.repeat(5000);
    const from = performance.now();
    expect(basic(text)).toBe(text.replaceAll('Digest', 'Basic'));
    expect(performance.now() - from).toBeLessThan(5000);
  });
});

it('takes only its own include for its own', () => {
  const variant = variantOf(parameters.parse({}));
  const made = editStatusInclude('', variant);
  expect(made).toContain('Require local');
  expect(editStatusInclude(made as string, variant)).toBe(made);
  expect(editStatusInclude('Listen 81\n', variant)).toMatchObject({ rule: 'foreign-include' });
});

describe('the look', () => {
  const judge = (found: string, values = {}) => probe.judge({ output: found.replaceAll(' ', '\n'), exitStatus: 0 }, parameters.parse(values));
  it.each([
    ['affected', 'folder=yes other=no digest=2 lines=3 read=90 ran-out=4 processes=300'],
    ['affected', 'folder=yes other=no digest=0 lines=3 read=90 ran-out=0 processes=3'],
    ['already-fixed', 'folder=yes other=no digest=0 lines=0 read=90 processes=3'],
    ['unknown', 'folder=yes other=no digest=0 lines=0 read=0 processes=3'],
    ['unknown', 'folder=no other=yes digest=0 lines=0 read=0'],
    ['not-affected', 'folder=no other=no digest=0 lines=0 read=0'],
  ])('says %s of %s', (verdict, found) => expect(judge(found)).toMatchObject({ verdict }));
  it('names the other kind of Apache', () => expect(judge('folder=no other=yes').next).toContain('OS X Server 5'));
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
