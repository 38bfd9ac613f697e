import { describe, expect, it } from 'vitest';
import { isFailure, judge } from '../../topic-kit/index.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { configEdit, sourceEdit, sourceText } from './scaffold.ts';
import { steps } from './steps.ts';

const values = (more = {}) => parameters.parse({ folder: '/home/you/engine', ...more });

describe('the files', () => {
  it('have the id everywhere, and the two macros without which nothing is loaded', () => {
    const text = sourceText(values({ name: 'abc' }));
    expect(text).toContain('ENGINE_set_id(e, "abc") && ENGINE_set_name(e, "Abc engine")');
    expect(text).toMatch(/IMPLEMENT_DYNAMIC_BIND_FN\(bind_abc\)\nIMPLEMENT_DYNAMIC_CHECK_FN\(\)/);
    expect(configEdit('', values({ name: 'abc' }))).toMatch(/engine_id = abc\ndynamic_path = \/home\/you\/engine\/abc\.so/);
  });
  it('activate the default provider too', () => expect(configEdit('', values({ kind: 'provider' }))).toMatch(/\[default_section\]\nactivate = 1/));
  it.each(['engine', 'provider'])('of an %s are made once, and what is there is left alone', (kind) => {
    for (const edit of [sourceEdit, configEdit]) {
      const made = edit('', values({ kind }));
      expect(edit(String(made), values({ kind }))).toBe(made);
      expect(edit('int main(void);\n', values({ kind }))).toMatchObject({ rule: 'other-file' });
    }
  });
});

it.each([{ name: 'default' }, { name: 'a-b' }, { name: '"; x' }, { folder: 'here' }, { folder: '/a b' }])('the form takes no %j', (more) =>
  expect(parameters.safeParse({ folder: '/home/you/engine', ...more }).success).toBe(false),
);

const rules = (id: string, output: string, more = {}) => {
  const step = steps(values(more)).find((one) => one.id === id);
  const verdicts = judge(step && 'matchers' in step ? step.matchers : [], { output, exitStatus: 0, facts: {} });
  return isFailure(verdicts) ? verdicts.filter(({ kind }) => kind === 'failure').map(({ rule }) => rule) : [];
};
const digest = 'SHA2-256(stdin)= 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

describe('what is said of', () => {
  it.each([
    ['(dynamic) Dynamic engine loading support\n     [ unavailable ]\n(simple) Simple engine\n     [ available ]\nLoaded: (simple) Simple engine', []],
    ['(dynamic) Dynamic engine loading support\n     [ unavailable ]', ['listed', 'available', 'by-path']],
    ['(simple2) Simple engine\n[ available ]\nLoaded: (simple) Simple engine', ['listed']],
    ['/x.so: undefined symbol: bind_engine', ['no-symbol']],
    ['', ['listed', 'available', 'by-path']],
  ])('the list of engines: %j', (output, wanted) => expect(rules('load', output)).toEqual(wanted));
  it.each([
    [`simple\n    name: Simple provider\n${digest}`, []],
    ['simple\n    name: Simple provider\nError setting digest', ['unknown-error', 'default-too']],
    [`Providers:\n${digest}`, ['named']],
  ])('the list of providers: %j', (output, wanted) => expect(rules('load-provider', output, { kind: 'provider' })).toEqual(wanted));
  it.each([
    ['compiler=there\nheader=there\nloads=yes\nversions=equal', []],
    ['compiler=there\nheader=there\nloads=no', ['cannot-load']],
    ['compiler=there\nheader=missing\nloads=yes', ['no-header']],
    ['compiler=missing\nheader=missing\nloads=yes', ['compiler']],
    ['program=LibreSSL 3.3\ncompiler=there\nheader=there\nloads=yes', ['libre']],
  ])('the tools: %j', (output, wanted) => expect(rules('look', output)).toEqual(wanted));
  it('a warning of the compiler', () => expect(rules('compile', 'a.c:1:1: warning: x\ncompiled=yes')).toEqual(['warned']));
});

describe('the check', () => {
  const seen = { compiler: 'there', program: 'OpenSSL 3.0', headers: 'OpenSSL 3.0', header: 'there', loads: 'yes', library: 'missing', lines: '' };
  const look = (more: Partial<typeof seen>, form = {}) =>
    probe.judge(
      {
        output: Object.entries({ ...seen, ...more })
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
        exitStatus: 0,
      },
      values(form),
    );
  it.each([
    ['affected', {}],
    ['already-fixed', { library: 'there', lines: '2' }],
    ['affected', { library: 'there', lines: '0' }],
    ['unknown', { library: 'there' }],
    ['unknown', { header: 'missing' }],
    ['not-affected', { loads: 'no' }],
    ['not-affected', { program: '' }],
  ] as const)('says %s with %j', (verdict, more) => expect(look(more)).toMatchObject({ verdict }));
  it('proposes the other kind', () => {
    expect(look({ loads: 'no' }).proposes).toEqual([expect.objectContaining({ value: 'provider' })]);
    expect(look({ loads: 'no' }, { kind: 'provider' }).proposes).toEqual([expect.objectContaining({ value: 'engine' })]);
  });
});
