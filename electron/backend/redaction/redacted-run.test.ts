/** A real run whose commands show a secret wherever they can; then everything below the data folder is searched for it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { isUnderWay, type RunState } from '../../../shared/api/run.ts';
import { secretMark } from '../../../shared/api/secret-mark.ts';
import { defineTopic, field, secretField, sh } from '../../../shared/topic-kit/index.ts';
import { offerOf, Rehearsal, treeContents } from '../conformance/rehearsal.test-kit.ts';
import { Redactor } from './redactor.ts';

const known = vi.hoisted(() => ({ topics: [] as unknown[] }));
vi.mock('../../../shared/topics/index.ts', () => known);

const password = `k9'Zü"7 \\x$q`;
const token = 'tok_51HxQ9aLmP';
const typed = 'canary-typed-8841';

const showIt = sh`p=$(cat secrets/password)
echo "+ mysql --password=$p"
PASSWORD="$p" env | grep PASSWORD
printf 'pass=%s\n' "$p" > new.conf; printf 'pass=old\n' > old.conf; diff old.conf new.conf
cp new.conf new.conf.bak; cat new.conf.bak
printf '%s' "$p" | base64; printf 'root:%s' "$p" | base64; printf '%s' "$p" | od -An -tx1
mkdir -p listing; : > "listing/$p"; ls listing
esc=$(printf '\\033'); printf '%s' "$p" | sed "s/./&$esc[1m/g"; echo
cat "/nowhere/$p" 2>&1
cat secrets/token; echo "later: $(sed 's/.*=//' secrets/token)"; true`;

const topic = defineTopic({
  id: 'shows-secrets',
  version: 1,
  title: 'Shows secrets',
  summary: 'For the test of redaction.',
  category: 'Test',
  platforms: ['any'],
  risk: { level: 'reads', text: 'none' },
  minutes: 1,
  fixes: [],
  needs: [],
  cannotUndo: [],
  corrections: [],
  sources: [],
  symptoms: [],
  parameters: z.object({
    user: field(z.string().default('root'), { label: 'User', help: 'Of the form.', control: 'text' }),
    password: secretField({ label: 'Password', help: 'Of the database.' }, z.string().min(8, 'It has at least 8 characters.')),
  }),
  secretPatterns: [/token=(\S+)/],
  labDefaults: {},
  steps: (parameters) => [
    {
      kind: 'command',
      id: 'show',
      title: `Show ${parameters.password}`,
      intro: 'Shows it.',
      danger: 'reads',
      runsOn: 'lab',
      script: showIt,
      undo: sh`rm -f new.conf old.conf new.conf.bak`,
      saves: [
        { id: 'token', title: 'Token', pattern: /^token=(\S+)/ },
        { id: 'pass', title: 'Password', pattern: /^pass=(.+)/ },
      ],
      matchers: [
        { id: 'env', kind: 'expected', pattern: /^PASSWORD=/, means: 'It is there.', missing: 'It is not.' },
        { id: 'gone', kind: 'warning', pattern: /No such file/, means: 'Not there.', next: 'Nothing.' },
      ],
    },
    {
      kind: 'command',
      id: 'ask',
      title: 'Asks',
      intro: 'Asks twice without echo.',
      danger: 'reads',
      runsOn: 'lab',
      script: sh`stty -echo; printf 'Password: '; read -r x; printf '\nTyped: '; read -r y; stty echo; echo; test "$x" = "$(cat secrets/password)" && echo "right, $(printf '%s' "$y" | wc -c) characters"`,
      prompts: [
        {
          id: 'password',
          pattern: /^Password: $/,
          question: 'Password?',
          explanation: 'It wants it.',
          answers: [],
          recommended: '',
          secret: true,
          answerFrom: 'password',
        },
        { id: 'typed', pattern: /^Typed: $/, question: 'And?', explanation: 'Type it.', answers: [], recommended: '', secret: true },
      ],
      matchers: [
        { id: 'right', kind: 'expected', pattern: new RegExp(`^right, +${typed.length} characters`), means: 'It was right.', missing: 'It was wrong.' },
      ],
    },
  ],
  remedies: [],
  lab: {
    scenario: 'A file with a password.',
    failures: [],
    facts: {},
    files: () => [
      { path: 'secrets/password', content: password },
      { path: 'secrets/token', content: `token=${token}\n` },
    ],
  },
});
const leaky = defineTopic({
  ...topic,
  id: 'leaks-secrets',
  steps: (parameters) => [
    { kind: 'command', id: 'leak', title: 'Leak', intro: 'Leaks.', danger: 'reads', runsOn: 'lab', script: sh`echo ${parameters.password}`, matchers: [] },
  ],
});
const editing = defineTopic({
  ...topic,
  id: 'edits-secrets',
  steps: () => [
    {
      kind: 'edit',
      id: 'edit',
      title: 'Edit',
      intro: 'Edits a file with secrets.',
      danger: 'changes',
      runsOn: 'lab',
      file: '/etc/db.conf',
      edit: (old) => old.replace(/^host=.*$/m, 'host=new').replace(/^pass=.*\n/m, ''),
    },
  ],
  lab: { ...topic.lab, files: () => [{ path: 'root/etc/db.conf', content: `token=${token}\nhost=old\npass=${password}\n# ${token}\n` }] },
});
known.topics.push(topic, leaky, editing);

let rehearsal: Rehearsal;
beforeEach(() => {
  rehearsal = new Rehearsal();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rehearsal.end();
});

const secretsFound = () => {
  const found: string[] = [];
  for (const entry of readdirSync(rehearsal.data, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.relative(rehearsal.data, file).split(path.sep)[2] === 'lab') continue;
    const readings = readingsOf(readFileSync(file, 'utf8'));
    for (const secret of [password, token, typed]) for (const [how, text] of readings) if (text.includes(secret)) found.push(`${entry.name} ${how}`);
  }
  return found;
};
/** A file as it is, and as whoever looks for secrets would decode it. */
function readingsOf(raw: string): [string, string][] {
  const strings = raw.split('\n').flatMap((line) => (/^[[{].*[\]}]$/.test(line) ? stringsOf(JSON.parse(line)) : [line]));
  const joined = strings.join('');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences
  const plain = joined.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '');
  const base64 = [...joined.matchAll(/[A-Za-z0-9+/_-]{6,}={0,2}/g)].map(([word]) => Buffer.from(word, 'base64').toString());
  const hex = [...joined.matchAll(/(?:[0-9a-f]{2}[ :\r\n]*){4,}/gi)].map(([word]) => Buffer.from(word.replace(/[^0-9a-f]/gi, ''), 'hex').toString());
  return [
    ['raw', raw],
    ['unescaped', joined],
    ['without control sequences', plain],
    ['base64', base64.join('\n')],
    ['hex', hex.join('\n')],
  ];
}
const stringsOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];

/** Runs the current step; answers the first question from the form and types the second into the terminal. */
function step(state: RunState): Promise<RunState> {
  const { runId } = state;
  return new Promise((resolve, reject) => {
    let asked = '';
    const stop = rehearsal.client.on('runs.changed', (now) => {
      if (!isUnderWay(now.status)) {
        stop();
        rehearsal.api.runs.get({ runId }).then(resolve, reject);
      } else if (now.prompt && now.prompt.id !== asked) {
        asked = now.prompt.id;
        const answer =
          asked === 'password'
            ? rehearsal.api.runs.answer({ runId, promptId: asked, value: secretMark })
            : rehearsal.api.terminal.write({ runId, data: `${typed}\n` });
        answer.catch(reject);
      }
    });
    rehearsal.api.runs.advance({ runId, stepId: offerOf(state, 'advance').id }).catch(reject);
  });
}
const start = () => rehearsal.api.runs.start({ topicId: topic.id, target: { kind: 'lab' }, parameters: { password } });

describe('a run that shows secrets', () => {
  it('leaves none of them below the data folder, in whatever encoding', async () => {
    let state = await start();
    expect(state.parameters.password).toBe(secretMark);
    expect(state.plan[0]?.title).toBe(`Show ${secretMark}`);
    state = await step(state);
    expect(state.steps[0]?.verdicts.map(({ rule, line }) => [rule, line])).toEqual([
      ['env', `PASSWORD=${secretMark}`],
      ['gone', expect.stringMatching(`^cat: .*/nowhere/${secretMark}`)],
    ]);
    expect(state.facts.map(({ value }) => value).sort()).toEqual([secretMark, secretMark]);
    state = await step(state);
    expect(state.says).toBe('Done and verified.');
    expect(readFileSync(path.join(rehearsal.data, 'runs', state.runId, 'journal.jsonl'), 'utf8')).toContain(`"promptId":"password","value":"${secretMark}"`);
    const transcript = await rehearsal.api.transcripts.get({ runId: state.runId });
    expect(transcript.entries.filter(({ text }) => /\(\d+ secrets? masked\)/.test(text)).length).toBeGreaterThan(2);
    for (const secret of [password, token, typed]) expect(JSON.stringify(transcript)).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect((await rehearsal.api.transcripts.verify({ runId: state.runId })).ok).toBe(true);
    await rehearsal.api.runs.leave({ runId: state.runId });
    expect(secretsFound()).toEqual([]);
    expect(rehearsal.log.join('\n')).not.toContain(token);
  });

  it('would leave them in journal and recording without the redactor', async () => {
    vi.spyOn(Redactor.prototype, 'redactText').mockImplementation((text) => ({ text, masked: 0 }));
    vi.spyOn(Redactor.prototype, 'stream').mockImplementation(() => ({ push: (bytes) => bytes, end: () => Buffer.alloc(0) }));
    const state = await step(await start());
    await rehearsal.api.runs.leave({ runId: state.runId });
    const found = secretsFound();
    for (const how of [
      'journal.jsonl unescaped',
      'recording.cast unescaped',
      'recording.cast base64',
      'recording.cast hex',
      'recording.cast without control sequences',
    ])
      expect(found).toContain(how);
  });

  it('leaves none of them in the change of a file that is shown, nor in a copy of it, and takes it back', async () => {
    let state = await rehearsal.api.runs.start({ topicId: editing.id, target: { kind: 'lab' }, parameters: { password } });
    const untouched = treeContents(rehearsal.labFolder(state.runId));
    const { runId } = state;
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    expect(state.offers[0]?.change?.diff.split('\n').slice(3)).toEqual([
      ` token=${secretMark}`,
      ...['-host=old', `-pass=${secretMark}`, '+host=new', ` # ${secretMark}`],
    ]);
    state = await rehearsal.take(state, offerOf(state, 'advance'));
    expect(state.says).toBe('Done and verified.');
    expect(readFileSync(path.join(rehearsal.labFolder(runId), 'root/etc/db.conf'), 'utf8')).toBe(`token=${token}\nhost=new\n# ${token}\n`);
    const transcript = await rehearsal.api.transcripts.get({ runId });
    expect(transcript.entries.map(({ text }) => text).join('\n')).toContain("not in this run's folder. It holds a secret.");
    expect(existsSync(path.join(rehearsal.data, 'runs', runId, 'backups'))).toBe(false);
    expect(secretsFound()).toEqual([]);
    state = await rehearsal.take(state, offerOf(state, 'undo'));
    expect([state.status, treeContents(rehearsal.labFolder(runId))]).toEqual(['undone', untouched]);
    await rehearsal.api.runs.leave({ runId });
    expect(secretsFound()).toEqual([]);
  });

  it('would leave them in the journal and in the copy without the redactor', async () => {
    vi.spyOn(Redactor.prototype, 'redactText').mockImplementation((text) => ({ text, masked: 0 }));
    let state = await rehearsal.api.runs.start({ topicId: editing.id, target: { kind: 'lab' }, parameters: { password } });
    for (const _ of ['show', 'write']) state = await rehearsal.take(state, offerOf(state, 'advance'));
    const found = secretsFound();
    expect(found).toContain('journal.jsonl unescaped');
    expect(found.some((where) => where.startsWith('edit-'))).toBe(true);
  });

  it('asks for its secrets again after a restart, and runs nothing before', async () => {
    const { runId } = await start();
    await rehearsal.api.runs.leave({ runId });
    const other = new Rehearsal(rehearsal.data);
    let state = await other.api.runs.get({ runId });
    expect([state.missingSecrets, state.offers.map(({ action }) => action)]).toEqual([[{ name: 'password', label: 'Password' }], ['stop']]);
    expect(state.says).toContain('"Password"');
    await expect(other.api.runs.advance({ runId, stepId: 'show' })).rejects.toMatchObject({ code: 'wrong-state' });
    for (const secrets of [{ password: 'short' }, { password: secretMark }, { user: 'root-user' }] as Record<string, string>[])
      await expect(other.api.runs.giveSecrets({ runId, secrets })).rejects.toMatchObject({ code: 'bad-parameters' });
    state = await other.after(runId, other.api.runs.giveSecrets({ runId, secrets: { password } }));
    expect([state.missingSecrets, state.offers[0]?.action]).toEqual([[], 'advance']);
    await other.api.runs.leave({ runId });
    expect(secretsFound()).toEqual([]);
  });

  it('takes nothing back after a restart before its secrets are given again, also when it has ended', async () => {
    let state = await step(await start());
    state = await rehearsal.after(state.runId, rehearsal.api.runs.stop({ runId: state.runId }));
    expect(state.offers.map(({ action }) => action)).toEqual(['undo']);
    state = await rehearsal.after(state.runId, rehearsal.api.runs.leave({ runId: state.runId }));
    expect([state.offers, state.missingSecrets.map(({ name }) => name)]).toEqual([[], ['password']]);
    expect(state.says).toContain('Stopped by you');
    await expect(rehearsal.api.runs.undo({ runId: state.runId })).rejects.toMatchObject({ code: 'wrong-state' });
    state = await rehearsal.after(state.runId, rehearsal.api.runs.giveSecrets({ runId: state.runId, secrets: { password } }));
    expect(state.offers.map(({ action }) => action)).toEqual(['undo']);
  });

  it('is refused where a script would hold the secret, and where only the mark was given', async () => {
    const target = { kind: 'lab' as const };
    await expect(rehearsal.api.topics.check({ topicId: leaky.id, target, parameters: { password } })).rejects.toMatchObject({
      code: 'bad-parameters',
      message: expect.stringContaining('would hold a secret'),
    });
    // A value that happens to stand in a command would be masked in the journal, and not be what ran.
    await expect(rehearsal.api.topics.check({ topicId: topic.id, target, parameters: { password: 'PASSWORD' } })).rejects.toMatchObject({
      code: 'bad-parameters',
    });
    const { issues } = await rehearsal.api.topics.check({ topicId: topic.id, target, parameters: { password: secretMark } });
    expect(issues).toMatchObject([{ field: 'password' }]);
  });

  it('masks secrets in errors and in the log', async () => {
    const state = await start();
    await expect(rehearsal.api.runs.skip({ runId: state.runId, stepId: password.slice(0, 64), reason: 'because' })).rejects.toMatchObject({
      message: expect.stringContaining(secretMark),
    });
    expect(rehearsal.log.join('\n')).toContain(secretMark);
    expect(rehearsal.log.join('\n')).not.toContain(password);
  });
});
