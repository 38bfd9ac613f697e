import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Plan, PlannedPrompt } from '../../shared/api/plan.ts';
import type { RunState } from '../../shared/api/run.ts';
import { secretMark } from '../../shared/api/secret-mark.ts';
import type { ProcedureDetail } from '../../shared/api/topic.ts';
import { bundleProgram } from '../backend/faults/child-program.test-kit.ts';
import { PtyProcess } from '../backend/sessions/pty-process.ts';
import type { Answers } from './answers.ts';
import { labTemplate } from './answers-template.ts';
import { answersDecider } from './decider.ts';
import { secretsFromAnswers } from './secret-values.ts';

const answers = (more: Partial<Answers>): Answers => ({
  parameters: {},
  secrets: {},
  confirmations: {},
  answers: {},
  output: {},
  done: [],
  remedies: {},
  retry: [],
  skip: {},
  ...more,
});
const fields = [{ name: 'dbPassword', label: 'Database password' }];
const prompt = (offered: boolean): PlannedPrompt => ({
  id: 'login',
  question: 'Password?',
  explanation: '',
  answers: offered ? [{ value: secretMark, label: 'Type the secret', means: '' }] : [],
  recommended: offered ? secretMark : '',
});
const step = (offered: boolean) => ({ id: 'log-in', title: 'Log in', kind: 'command', confirm: null, prompts: [prompt(offered)] });
const waiting = (offered: boolean) =>
  ({
    status: 'waiting',
    current: 'log-in',
    trouble: null,
    says: '',
    plan: [step(offered)],
    offers: [{ action: 'advance', id: 'log-in', confirm: null }],
  }) as unknown as RunState;

describe('secrets of an unattended run', () => {
  it('come from the environment variables that the answers file names', () => {
    const named = answers({ secrets: { dbPassword: 'DB_PW' }, parameters: { dbPassword: secretMark } });
    expect(secretsFromAnswers(named, fields, { DB_PW: 'from outside' })).toEqual({ dbPassword: 'from outside' });
    expect(secretsFromAnswers(answers({}), fields, { DB_PW: 'from outside' })).toEqual({});
    expect(() => secretsFromAnswers(named, fields, {})).toThrow('DB_PW');
    const environment: Record<string, string> = { DB_PW: 'from outside', HOME: '/' };
    secretsFromAnswers(named, fields, environment);
    expect(environment).toEqual({ HOME: '/' }); // no program that is started later has it
  });

  it('are refused in the file itself, without being repeated', () => {
    const attempt = () => secretsFromAnswers(answers({ parameters: { dbPassword: 'hunter2' } }), fields, {});
    expect(attempt).toThrow('written in the answers file');
    expect(attempt).not.toThrow('hunter2');
  });

  it('are in the printed template as the mark and the name of a variable', () => {
    const topic = { id: 'x', title: 'X', fields: [{ name: 'dbPassword', secret: true }] } as unknown as ProcedureDetail;
    const template = labTemplate(topic, { steps: [step(true)] } as unknown as Plan, { dbPassword: 'hunter2' }, {});
    expect(template).not.toContain('hunter2');
    expect(parse(template)).toMatchObject({
      parameters: { dbPassword: secretMark },
      secrets: { dbPassword: 'WRENCHBOOK_DB_PASSWORD' },
      answers: { login: secretMark },
    });
  });

  it('answer the questions that ask for them; a secret of no field ends the run before its step', async () => {
    const decider = answersDecider(answers({}));
    expect(await decider.next(waiting(true))).toEqual({ do: 'advance', stepId: 'log-in' });
    expect(await decider.answer(prompt(true))).toBe(secretMark);
    expect(await decider.next(waiting(false))).toMatchObject({ do: 'leave', because: expect.stringContaining('at a terminal') });
  });
});

describe('a person at a terminal', () => {
  it('types secrets that are not shown', async () => {
    const program = await bundleProgram(path.resolve('electron/cli/ask-secrets.test-program.ts'));
    const pty = new PtyProcess({
      program: process.execPath,
      args: [program],
      folder: process.cwd(),
      environment: process.env as Record<string, string>,
      cols: 80,
      rows: 24,
    });
    let shown = '';
    const exit = await new Promise<{ status: number }>((resolve) => {
      pty.onExit(resolve);
      pty.onData((bytes) => {
        const before = shown;
        shown += bytes.toString();
        const asks = (question: string) => shown.includes(question) && !before.includes(question);
        if (asks('First (not shown): ')) pty.write('canary-one\r');
        if (asks('Second (not shown): ')) pty.write('canary-two2\r');
      });
    });
    expect(shown).toContain('lengths 10 11');
    expect(shown).not.toContain('canary');
    expect(exit.status).toBe(0);
  });
});
