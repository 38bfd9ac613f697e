import { expect, it } from 'vitest';
import { dangerLabels, stepDanger } from '../../../shared/api/danger.ts';
import { Rehearsal } from '../conformance/rehearsal.test-kit.ts';
import { toMarkdown } from './markdown-export.ts';

it('what a target says of itself, and tools say, is neither HTML nor a link nor an image', async () => {
  const rehearsal = new Rehearsal();
  const { runId } = await rehearsal.start('perc-h200-crossflash');
  const transcript = await rehearsal.api.transcripts.get({ runId });
  await rehearsal.end();
  const evil = '<img src=x onerror=alert(1)> ![pixel](http://collector.invalid/x.png) [click](javascript:alert(1))';
  const [step] = transcript.run.plan;
  const lied = {
    ...transcript,
    run: {
      ...transcript.run,
      targetLabel: evil,
      says: evil,
      facts: [{ id: 'x', title: evil, value: evil }],
      steps: transcript.run.steps.map((state) => ({
        ...state,
        skipReason: evil,
        verdicts: [{ kind: 'fatal' as const, line: evil, means: evil, next: evil, remedies: [], noWayBack: false }],
      })),
    },
    entries: transcript.entries.map((entry) => ({ ...entry, text: evil })),
    screens: { [step?.id ?? '']: evil },
  } as unknown as typeof transcript;
  // Code is shown as it is: nothing in it is marked up.
  const outside = toMarkdown(lied)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, '');
  expect(outside).toContain('\\<img');
  expect(outside).not.toMatch(/(?<!\\)<(?!\/?br)/);
  expect(outside).not.toContain('](');
});

it('holds what was done by hand: the instructions, and the cards with their lines as they are typed', async () => {
  const rehearsal = new Rehearsal();
  const { runId } = await rehearsal.start('xen-citrix-pv');
  const transcript = await rehearsal.api.transcripts.get({ runId });
  await rehearsal.end();
  const plan = transcript.run.plan.map((step) =>
    step.id === 'in-windows' ? { ...step, cards: step.cards.map((card) => ({ ...card, note: 'By <hand>.', file: 'CITRIX.REG' })) } : step,
  );
  const text = toMarkdown({ ...transcript, run: { ...transcript.run, plan } });
  const part = text.slice(text.indexOf('Make the drivers start'), text.indexOf('Put the wrapper beside'));
  expect(part).toMatch(/Done by hand:\n\n1\. Save the card[^\n]*\n2\. To undo it/);
  expect(part).toContain('**citrix-on-xen.reg (CITRIX.REG)**\n\nBy \\<hand>.\n\n```\nWindows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM');
  expect(part).toContain('"SetFlags"=dword:10000000\n```');
});

it('names the danger of each step as the window does: what cannot be undone is irreversible', async () => {
  const rehearsal = new Rehearsal();
  const { runId } = await rehearsal.start('perc-h200-crossflash');
  const { run, entries, screens, ...rest } = await rehearsal.api.transcripts.get({ runId });
  await rehearsal.end();
  const dangers = [...toMarkdown({ run, entries, screens, ...rest }).matchAll(/^### (\d+)\. .*\n\nStatus: .*?\. Danger: ([a-z ]+)\./gm)].map(
    ([, number, danger]) => [number, danger],
  );
  expect(dangers).toEqual(run.plan.map((step) => [String(step.number), dangerLabels[stepDanger(step)]]));
  expect(dangers.filter(([, danger]) => danger === 'irreversible').length).toBe(run.plan.filter(({ irreversible }) => irreversible !== null).length);
});
