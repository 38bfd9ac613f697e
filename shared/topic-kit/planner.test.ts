import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { secretMark } from '../api/secret-mark.ts';
import { type CommandStep, defineTopic, type EditStep, makePlan, type Step, sh } from './index.ts';

const edit: EditStep = { id: 'edit', kind: 'edit', title: 'Edit', intro: '', danger: 'changes', runsOn: 'lab', file: '/etc/x', edit: (old) => old };
const planned = (more: Partial<EditStep>) => plannedStep({ ...edit, ...more })?.edit;
function plannedStep(step: Step, rehearsal = true) {
  const topic = defineTopic({
    ...{ id: 'small', version: 1, title: 'Small', summary: '', category: '', platforms: [], risk: { level: 'changes' as const, text: '' }, minutes: 1 },
    ...{ fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [], parameters: z.object({}), labDefaults: {}, remedies: [] },
    steps: () => [step],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });
  const rendering = { label: 'lab', rehearsal, mapFile: (file: string) => `root${file}`, holdsSecret: (text: string) => text.includes('hunter2') };
  return makePlan(topic, {}, { kind: 'lab' }, rendering).steps[0];
}

describe('the plan of a step that edits a file', () => {
  it('says which file, and where that is in a rehearsal', () => {
    expect(planned({})).toEqual({ file: '/etc/x', place: 'root/etc/x', follow: false, createMode: null });
    // As a journal of an earlier version has it, which is compared with it.
    expect(Object.keys(plannedStep(edit) ?? {})).not.toContain('afterwardsScript');
    expect(planned({ create: { mode: '0640', folder: true } })).toMatchObject({ createFolder: true });
    expect(plannedStep({ ...edit, afterwards: { script: sh`reload` } })?.afterwardsScript).toBe('reload');
    expect(() => plannedStep({ ...edit, afterwards: { script: sh`reload ${'hunter2'}` } })).toThrow(TypeError);
    expect(planned({ followLinks: true, create: { mode: '0640' } })).toMatchObject({ follow: true, createMode: '0640' });
  });
  it.each<[string, Partial<EditStep>]>([
    ['a relative path', { file: 'etc/x' }],
    ['a folder', { file: '/etc/' }],
    ['a line break', { file: '/etc/x\ny' }],
    ['a control character', { file: '/etc/x\u001b' }],
    ['a secret in the path', { file: '/etc/hunter2' }],
    ['the mark of a secret', { file: `/etc/${secretMark}` }],
    ['a mode that is none', { create: { mode: 'u+w; reboot' } }],
  ])('is refused with %s', (_, more) => expect(() => planned(more)).toThrow(TypeError));
});

it('has the cards of a manual step in the plan, and none where there are none', () => {
  const manual = { id: 'a', kind: 'manual' as const, title: 'A', intro: '', danger: 'reads' as const, runsOn: 'lab', instructions: [] };
  const topic = defineTopic({
    ...{ id: 'small', version: 1, title: 'Small', summary: '', category: '', platforms: [], risk: { level: 'reads' as const, text: '' }, minutes: 1 },
    ...{ fixes: [], needs: [], cannotUndo: [], corrections: [], sources: [], symptoms: [], parameters: z.object({}), labDefaults: {}, remedies: [] },
    steps: () => [
      { ...manual, cards: [{ title: 'Type', lines: ['wpeinit'] }] },
      { ...manual, id: 'b' },
    ],
    lab: { scenario: '', failures: [], facts: {}, files: () => [] },
  });
  const { steps } = makePlan(topic, {}, { kind: 'lab' }, { label: 'lab', rehearsal: true, mapFile: (file) => file });
  expect(steps.map(({ cards }) => cards)).toEqual([[{ title: 'Type', lines: ['wpeinit'], note: '' }], []]);
});

describe('the plan of a command that needs hands', () => {
  const command = { ...edit, kind: 'command', script: sh`cat ${'x y'}`, lab: sh`lab-hand carry`, matchers: [] } as unknown as CommandStep;
  it('has them before it in a rehearsal, and nothing of them elsewhere', () => {
    expect(plannedStep(command)?.script).toBe("lab-hand carry || exit\ncat 'x y'");
    expect(plannedStep(command, false)?.script).toBe("cat 'x y'");
  });
});
