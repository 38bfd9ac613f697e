import { describe, expect, it } from 'vitest';
import { judge } from '../../topic-kit/index.ts';
import { referralsOff } from './connects.ts';
import { parameters } from './parameters.ts';
import { onlyCode } from './php-text.ts';
import { probe } from './probe.ts';
import { roundcubeReferralsOff } from './roundcube-config.ts';
import { steps } from './steps.ts';

const off = 'LDAP_OPT_REFERRALS, 0);';

describe('a connection in PHP', () => {
  it.each([
    [
      'gets it behind its other options',
      "<?php\n\t$ds = ldap_connect($host) or die('; no');\n\tldap_set_option($ds, LDAP_OPT_PROTOCOL_VERSION, 3);\n\t$b = @ldap_bind($ds, $u, $p);\n",
      `<?php\n\t$ds = ldap_connect($host) or die('; no');\n\tldap_set_option($ds, LDAP_OPT_PROTOCOL_VERSION, 3);\n\tldap_set_option($ds, ${off}\n\t$b = @ldap_bind($ds, $u, $p);\n`,
    ],
    [
      'gets it where it has no options, with the line ends of the file',
      '<?php\r\n  $this->conn = \\ldap_connect( "ldap://a" );\r\n  ldap_bind($this->conn);\r\n',
      `<?php\r\n  $this->conn = \\ldap_connect( "ldap://a" );\r\n  ldap_set_option($this->conn, ${off}\r\n  ldap_bind($this->conn);\r\n`,
    ],
    [
      'that is switched on is switched off',
      "<?php\n$c['a']=ldap_connect($h);\nldap_set_option($c['a'], LDAP_OPT_REFERRALS, TRUE);\n",
      "<?php\n$c['a']=ldap_connect($h);\nldap_set_option($c['a'], LDAP_OPT_REFERRALS, 0);\n",
    ],
    [
      'is told from another one, and from an option that comes after the bind',
      '<?php\n$a = ldap_connect($h);\n$b = ldap_connect($i);\nldap_set_option($b, LDAP_OPT_REFERRALS, false);\nldap_bind($a);\nldap_set_option($a, LDAP_OPT_REFERRALS, 0);\n',
      `<?php\n$a = ldap_connect($h);\nldap_set_option($a, ${off}\n$b = ldap_connect($i);\nldap_set_option($b, LDAP_OPT_REFERRALS, false);\nldap_bind($a);\nldap_set_option($a, LDAP_OPT_REFERRALS, 0);\n`,
    ],
  ])('%s', (_, old, wanted) => {
    expect(referralsOff(old)).toBe(wanted);
    expect(referralsOff(wanted)).toBe(wanted);
  });

  it.each([
    'in a comment: <?php // $a = ldap_connect($h);\n# $a = ldap_connect($h);\n/* $a = ldap_connect($h); */ ?>',
    'in a string: <?php $a = "$b = ldap_connect($h);"; $c = <<<X\n$b = ldap_connect(1);\nX;\n',
    '$a = ldap_connect($h); outside PHP',
    '<?php $a = ldap_connect($h); ldap_set_option($a, LDAP_OPT_REFERRALS, FALSE); ldap_bind($a);',
    '<?php class A { function ldap_connect($h) {} function b() { $this->ldap_connect(1); A::ldap_connect(1); } }',
  ])('is none, or needs nothing: %j', (text) => expect(referralsOff(text)).toBe(text));

  it.each(['<?php if (!($a = ldap_connect($h))) die;', '<?php return ldap_connect($h);', '<?php\n$a = ldap_connect($h'])('is left to the admin in %j', (text) =>
    expect(referralsOff(text)).toMatchObject({ rule: 'other-form', means: expect.stringMatching(/^Line [12] /) }),
  );

  it('takes a big file at a cost that grows with its size', () => {
    const text = `<?php\n${'function f() { $x = "a"; /* b */ return $x; }\n'.repeat(20_000)}$a = ldap_connect($h);\n`;
    expect(onlyCode(text)).toHaveLength(text.length);
    expect(referralsOff(text)).toContain(off);
  });
});

describe('an address book of Roundcube', () => {
  it.each([
    [
      "<?php\n$config['ldap_public']['a'] = [\n    'hosts' => ['x'],\n];\n",
      "<?php\n$config['ldap_public']['a'] = [\n    'referrals' => false,\n    'hosts' => ['x'],\n];\n",
    ],
    [
      "<?php\r\n$rcmail_config['ldap_public']['a'] = array(\r\n\t'hosts' => array('x'));\r\n",
      "<?php\r\n$rcmail_config['ldap_public']['a'] = array(\r\n\t'referrals' => false,\r\n\t'hosts' => array('x'));\r\n",
    ],
    [
      "<?php $config['ldap_public']['a'] = ['hosts' => 1, /* 'referrals' => true */ 'referrals' => true];",
      "<?php $config['ldap_public']['a'] = ['hosts' => 1, /* 'referrals' => true */ 'referrals' => false];",
    ],
    [
      "<?php\n$config['ldap_public']['a'] = [\n\t'fieldmap' => ['referrals' => false],\n];\n",
      "<?php\n$config['ldap_public']['a'] = [\n\t'referrals' => false,\n\t'fieldmap' => ['referrals' => false],\n];\n",
    ],
    ["<?php $config['ldap_public'] = [];", "<?php $config['ldap_public'] = [];"],
    ["<?php // $config['ldap_public']['a'] = ['hosts' => 1];\n", "<?php // $config['ldap_public']['a'] = ['hosts' => 1];\n"],
  ])('of %j', (old, wanted) => {
    expect(roundcubeReferralsOff(old)).toBe(wanted);
    expect(roundcubeReferralsOff(wanted)).toBe(wanted);
  });
  it('is left to the admin where all are one array', () =>
    expect(roundcubeReferralsOff("<?php $config['ldap_public'] = ['a' => ['hosts' => 1]];")).toMatchObject({ rule: 'other-form' }));
});

const server = { uri: 'ldap://dc1.example.org', base: 'DC=example,DC=org' };
describe('the form', () => {
  it.each(['dc1', 'http://dc1', 'ldap://dc1/x', "ldap://dc1' -x", 'ldap://a b'])('takes no server %j', (uri) =>
    expect(parameters.safeParse({ ...server, uri }).success).toBe(false),
  );
  it('takes no control characters and no question as a page', () => {
    expect(parameters.safeParse({ ...server, filter: '(cn=a\n)' }).success).toBe(false);
    expect(parameters.safeParse({ ...server, page: 'javascript:alert(1)' }).success).toBe(false);
  });
});

describe('the search', () => {
  const verdicts = (id: string, output: string) => {
    const step = steps(parameters.parse(server)).find((each) => each.id === id);
    return judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} }).map(({ kind, rule }) => `${kind} ${rule}`);
  };
  it.each([
    ['before', 'search: no answer within 10 seconds', 'expected tried'],
    ['before', 'search: entries=1 references=0 error=Success seconds=0.01', 'warning answers'],
    ['before', 'bind: Invalid credentials', 'failure bind'],
    ['off', 'search: no answer within 10 seconds', 'failure still-hangs'],
    ['off', 'search: entries=1 references=3 error=Success seconds=0.01', 'expected answers'],
    ['off', 'search: entries=0 references=3 error=Success seconds=0.01', 'failure answers'],
    ['off', '', 'failure answers'],
  ])('%s: %j', (id, output, wanted) => expect(verdicts(`search-${id}`, output)).toContain(wanted));
});

describe('the check', () => {
  const seen = { php: '8.2.20', ldap: 'yes', folder: 'yes', files: '2', on: '1', off: '1', unread: '0', default: 'followed', roundcube: 'no' };
  const look = (more: Partial<typeof seen> & { unit?: string }) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      parameters.parse(server),
    );
  it.each([
    ['affected', {}],
    ['already-fixed', { on: '0' }],
    ['already-fixed', { default: 'not followed' }],
    ['not-affected', { files: '0', on: '0', off: '0' }],
    ['not-affected', { php: '' }],
    ['not-affected', { ldap: 'no' }],
    ['unknown', { folder: 'no' }],
    ['unknown', { on: '' }],
    ['unknown', { on: '0', off: '0', unread: '2' }],
    ['unknown', { files: '0', on: '0', off: '0', roundcube: 'yes' }],
  ] as const)('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
  it('proposes the service that runs PHP, and Roundcube’s way', () => {
    expect(look({ unit: 'php8.2-fpm.service' }).proposes).toEqual([expect.objectContaining({ field: 'service', value: 'php8.2-fpm.service' })]);
    expect(look({ files: '0', on: '0', off: '0', roundcube: 'yes' }).proposes).toEqual([expect.objectContaining({ field: 'way', value: 'roundcube' })]);
  });
});
