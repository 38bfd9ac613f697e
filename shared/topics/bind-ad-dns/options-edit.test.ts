import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growthOf } from '../../topic-kit/growth.test-kit.ts';
import { editOptions, editZoneStatement } from './options-edit.ts';

const options = (old: string) => editOptions(old, 'corp.test');
const added = 'validate-except { "corp.test"; };';

describe('the options', () => {
  it.each([
    ['at the end of the block', 'options {\n\tdirectory "/x";\n};\n', `options {\n\tdirectory "/x";\n\t${added}\n};\n`],
    ['with CRLF', 'options {\r\n  recursion yes; // why\r\n};\r\n', `options {\r\n  recursion yes; // why\r\n  ${added}\r\n};\r\n`],
    ['on one line', 'options { recursion yes; };', `options { recursion yes; ${added} };`],
    ['in an empty block', 'options {\n};\n', `options {\n\t${added}\n};\n`],
    ['without a last line end', '# a\noptions {\n    recursion yes;\n    }; // b', `# a\noptions {\n    recursion yes;\n    ${added}\n    }; // b`],
    [
      'behind brackets in comments',
      'options {\n\t/* } */ // }\n\tlisten-on { any; }; # }\n};\n',
      `options {\n\t/* } */ // }\n\tlisten-on { any; }; # }\n\t${added}\n};\n`,
    ],
    ['to a list that is there', 'options { validate-except { "a.b"; }; };', 'options { validate-except { "a.b"; "corp.test"; }; };'],
    ['to a list over lines', 'options { validate-except {\n\t"a.b"; // why\n}; };', 'options { validate-except { "corp.test";\n\t"a.b"; // why\n}; };'],
  ])('get the exception %s, and no second one', (_, old, wanted) => {
    expect(options(old)).toBe(wanted);
    expect(options(wanted)).toBe(wanted);
  });

  it.each([
    ['where nothing is validated', 'options { dnssec-validation no; };'],
    ['where the domain is excepted', 'options { validate-except { "Corp.Test."; }; };'],
    ['where a domain above is', 'options { validate-except { test; }; };'],
  ])('stay as they are %s', (_, old) => expect(options(old)).toBe(old));

  it.each([
    ['no-options', 'zone "corp.test" { type primary; };'],
    ['no-options', ''],
    ['no-options', '// options { };\n'],
    ['cut-off', 'options {\n\trecursion yes;\n'],
    ['cut-off', 'options { /* '],
    ['cut-off', 'options { directory "/x; };'],
    ['cut-off', 'options { }; };'],
    ['cut-off', 'options { recursion yes };'],
    ['several', 'options { };\noptions { };\n'],
  ])('are refused as %s: %s', (rule, old) => expect(options(old)).toMatchObject({ rule, next: expect.stringMatching(/\.$/) }));

  it('change by one line and no more, whatever stands around them', () => {
    const piece = fc.constantFrom(
      '// }\n',
      '# {\n',
      '/* options { */',
      'acl x { any; };\n',
      'include "/y";\n',
      'logging { channel c { file "a{b"; }; };\n',
      '\n',
      '\t',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), fc.constantFrom('\n', '\r\n'), (before, after, lineEnd) => {
        const comment = (text: string) => text.replaceAll('ü', '// ü\n');
        const block = 'options {\n\trecursion yes;\n};\n';
        const around = (inner: string) => `${comment(before.join(''))}${inner}${comment(after.join(''))}`.replaceAll('\n', lineEnd);
        const wanted = around(block.replace('};', `\t${added}\n};`));
        expect(options(around(block))).toBe(wanted);
        expect(options(wanted)).toBe(wanted);
      }),
    );
  });

  it('of a file of 5 MB are edited, at a cost that grows with its size and not faster', () => {
    const edit = (zones: number) => {
      const many = 'zone "example.test" { type primary; file "x"; };\n'.repeat(zones);
      expect(options(`${many}options { };\n`)).toBe(`${many}options { ${added} };\n`);
    };
    expect(growthOf(edit, 25_000)).toBeLessThan(10);
  });
});

describe('the zone’s block', () => {
  const edit = (old: string) => editZoneStatement(old, 'corp.test');
  const block = (name: string, more = '') => `zone "${name}" IN {\n\ttype primary;\n${more}};\n`;
  it.each([
    ['alone', block('corp.test'), block('corp.test', '\tforwarders { };\n')],
    ['among others', block('a.test') + block('Corp.Test.') + block('b.test'), block('a.test') + block('Corp.Test.', '\tforwarders { };\n') + block('b.test')],
    ['in a view', `view "in" {\n${block('corp.test')}};\n`, `view "in" {\n${block('corp.test', '\tforwarders { };\n')}};\n`],
  ])('gets an empty list of forwarders %s, once', (_, old, wanted) => {
    expect(edit(old)).toBe(wanted);
    expect(edit(wanted)).toBe(wanted);
  });
  it('keeps forwarders of its own', () =>
    expect(edit(block('corp.test', '\tforwarders { 192.0.2.1; };\n'))).toBe(block('corp.test', '\tforwarders { 192.0.2.1; };\n')));
  it.each([
    ['no-zone-block', block('other.test')],
    ['several', `view a {\n${block('corp.test')}};\nview b {\n${block('corp.test')}};\n`],
  ])('is refused as %s', (rule, old) => expect(edit(old)).toMatchObject({ rule }));
});
