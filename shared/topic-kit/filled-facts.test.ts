/** What earlier steps read, in later scripts: marked in the plan, one quoted word when it is filled in, refused where it can't be one. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlannedStep } from '../api/plan.ts';
import { anywhere, type CommandStep, defineTopic, fact, file, fillFacts, makePlan, type Script, type Step, sh } from './index.ts';
import { leavesQuoteOpen } from './quote-state.ts';

const step = (id: string, script: Script, more: Partial<CommandStep> = {}): Step => ({
  ...{ id, kind: 'command', title: id, intro: '', danger: 'reads', runsOn: 'lab', script, matchers: [] },
  ...more,
});
const look = (title = 'Disks') => step('look', sh`lsblk`, { saves: [{ id: 'disks', title, pattern: /^disks: (.*)$/ }] });
function plan(steps: readonly Step[], values: Readonly<Record<string, string>> = {}, rehearsal = false): PlannedStep[] {
  const topic = defineTopic({
    ...{ id: 'small', version: 1, title: 'Small', summary: '', category: '', platforms: [], risk: { level: 'changes' as const, text: '' }, minutes: 1 },
    ...{ fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [], parameters: z.object({}), labDefaults: {}, remedies: [] },
    steps: () => steps,
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });
  return makePlan(topic, values, { kind: 'lab' }, { label: 'x', rehearsal, mapFile: (path) => (rehearsal ? `root${path}` : path) }).steps;
}
const lab = (path: string) => `root${path}`;
function filled(script: Script, value: string | undefined, mapFile: ((path: string) => string) | null = null) {
  const [, later] = plan([look(), step('later', script)], {}, mapFile !== null);
  return fillFacts(later?.script ?? '', later?.facts, value === undefined ? [] : [{ id: 'disks', title: 'Disks', value }], mapFile);
}
const run = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8' });

describe('in the plan', () => {
  it('says what it will be, and from where', () => {
    const [, later] = plan([look(), step('later', sh`wipe ${fact('disks')}`)]);
    expect(later?.script).toBe('wipe ‹Disks, read in step 1›');
    expect(later?.facts).toEqual([{ mark: '‹Disks, read in step 1›', id: 'disks', title: 'Disks', step: 1, use: 'word' }]);
    expect(Object.keys(plan([look()])[0] ?? {}), 'as plans of earlier versions').not.toContain('facts');
  });
  it('is of the last step that reads it before, or of the step itself in its proof and undo', () => {
    const again = { ...look(), id: 'again', verify: { script: sh`see ${fact('disks')}`, matchers: [] }, undo: sh`back ${fact('disks')}` } as Step;
    const [, second, third] = plan([look(), again, step('later', sh`x ${fact('disks')}`)]);
    expect([second?.verifyScript, second?.undoScript, third?.script]).toEqual([
      'see ‹Disks, read in step 2›',
      'back ‹Disks, read in step 2›',
      'x ‹Disks, read in step 2›',
    ]);
  });
  it.each<[string, readonly Step[]]>([
    ['of a step that comes later', [step('first', sh`x ${fact('disks')}`), look()]],
    ['of the step’s own output', [{ ...look(), script: sh`x ${fact('disks')}` } as Step]],
    ['that nobody saves', [look(), step('later', sh`x ${fact('disk')}`)]],
    ['in two ways at once', [look(), step('later', sh`x ${fact('disks')} ${fact('disks', 'words')}`)]],
    ['between quotes', [look(), step('later', sh`echo "the ${fact('disks')}"`)]],
    ['in a comment', [look(), step('later', sh`echo # ${fact('disks')}`)]],
    ['with a quote in its title', [look("Disk's"), step('later', sh`x ${fact('disks')}`)]],
    ['whose mark a value has', [look(), step('later', sh`x ${fact('disks')} ${'‹Disks, read in step 1›'}`)]],
    ['whose mark a value has, in a step without facts', [look(), step('later', sh`x ${'‹Disks, read in step 1›'}`)]],
    ['whose mark a path has', [look(), step('later', sh`x ${file('/‹Disks, read in step 1›')}`)]],
  ])('is refused %s', (_, steps) => expect(() => plan(steps)).toThrow(TypeError));
});

describe('filled in', () => {
  const usual = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((text) => !/[\p{C}\u2028\u2029\ufffd]/u.test(text) && text.trim() !== '' && !text.startsWith('-'));
  it('is exactly the value, whatever it is', () => {
    fc.assert(
      fc.property(usual, (value) => {
        const { text, problem } = filled(sh`printf '<%s>' ${fact('disks')} "$(printf %s ${fact('disks')})"`, value);
        expect(problem).toBeNull();
        expect(run(text)).toBe(`<${value}><${value}>`);
      }),
      { numRuns: 200 },
    );
  });
  it.each(['; rm -rf /', '$(reboot)', '`reboot`', "it's", "'; reboot; '", '"', '\\', '*', '~', '=x', '#', '‹Disks, read in step 1›', '‹secret', '$& $1'])(
    'keeps %j one word, once',
    (value) => {
      expect(run(filled(sh`for word in ${fact('disks')}; do printf '<%s>' "$word"; done`, value).text)).toBe(`<${value}>`);
    },
  );
  it('becomes words where that is meant, each of them quoted', () => {
    expect(filled(sh`wipe ${fact('disks', 'words')}`, ' sda  $(x) ').text).toBe("wipe sda '$(x)'");
  });
  it.each<[string, string | undefined, RegExp]>([
    ['that was not read', undefined, /was not read/],
    ['that is empty', ' ', /empty/],
    ['with an escape sequence', 'a\u001b[31m', /control/],
    ['with a carriage return', 'a\rb', /control/],
    ['with C1 controls', 'a\u009bb', /control/],
    ['that reads from right to left', 'a\u202eb', /control/],
    ['with what is not seen', 'a\u200bb', /control/],
    ['of bytes that are no text', 'a\ufffd', /not text/],
    ['that was masked', 'a ‹secret›', /secret/],
    ['that a program takes for an option', '-rf', /dash/],
  ])('is refused %s, and its mark stays', (_, value, because) => {
    const { text, problem } = filled(sh`x ${fact('disks')}`, value);
    expect([text, problem?.because, problem?.title]).toEqual(['x ‹Disks, read in step 1›', expect.stringMatching(because), 'Disks']);
  });
  it('refuses one of several words that would be an option', () => expect(filled(sh`x ${fact('disks', 'words')}`, 'sda -f').problem).not.toBeNull());

  it('takes a dash where it can be no option', () => expect(filled(sh`sysctl -w a=${fact('disks')}`, '-1').text).toBe("sysctl -w a='-1'"));

  it('stays in the lab in a rehearsal', () => {
    expect(filled(sh`cat ${file(fact('disks'))}`, '/etc/x y', lab).text).toBe("cat 'root/etc/x y'");
    expect(filled(sh`cat ${file(fact('disks'))}`, '/etc/x y').text).toBe("cat '/etc/x y'");
    expect(filled(sh`cat ${file(fact('disks'))}`, '-n', lab).text).toBe('cat ./-n');
    expect(filled(sh`wipe ${anywhere(fact('disks'))}`, '/dev/sda', lab).text).toBe('wipe /dev/sda');
    expect(filled(sh`wipe ${fact('disks')}`, '/dev/sda', lab).problem?.because).toContain('outside the lab');
    expect(filled(sh`wipe ${fact('disks', 'words')}`, 'a /dev/sda', lab).problem?.because).toContain('outside the lab');
    expect(filled(sh`cat ${file(fact('disks'))}`, '/../../x', lab).problem?.because).toContain('outside the lab');
    expect(filled(sh`wipe ${fact('disks')}`, '/dev/sda').text).toBe('wipe /dev/sda');
  });
});

it.each<[string, boolean]>([
  ['x ', false],
  ["x '", true],
  ["x 'a' ", false],
  ["x 'a\\' ", false],
  ['x "', true],
  ['x "a\\"', true],
  ['x "$(y ', false],
  ['x "$(y)', true],
  ['x "$(y)" ', false],
  ['x `y ', false],
  ['x "`y "', true],
  ["# it's\n", false],
  ['# ', true],
  ['x#y ', false],
  ['x $# ', false],
  ['(x; y) ', false],
  ['awk \'$1 == "x" { print }\' ', false],
  ["cat <<EOF\nit's\nEOF\nx ", false],
  ["cat <<'EOF'\nit's\n", true],
  ['cat <<-"EOF" >y\n\tit\'s\n\tEOF\n', false],
])('knows whether %j leaves a quote open', (text, open) => expect(leavesQuoteOpen(text)).toBe(open));
