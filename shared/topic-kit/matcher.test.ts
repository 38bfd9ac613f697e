import { describe, expect, it } from 'vitest';
import type { Verdict } from '../api/run.ts';
import { isFailure, judge, type Matcher, type Observation } from './matcher.ts';

const matchers: Matcher[] = [
  { kind: 'expected', id: 'done', pattern: /^Done\.$/, means: 'It is done.', missing: 'It did not say that it is done.', next: 'Run it again.' },
  { kind: 'harmless', id: 'noise', pattern: /^ERROR: noise/, means: 'Always there.' },
  { kind: 'failure', id: 'lost', pattern: /card lost/, means: 'The card is gone.', next: 'Seat it.', remedies: ['reseat'] },
  { kind: 'equal', id: 'kept', pattern: /^Address: (\S+)/, to: { fact: 'address' }, means: 'Kept.', differs: 'Not kept.', next: 'Program it.' },
];
const rules = (output: string, exitStatus = 0, facts: Record<string, string> = { address: 'aa' }) =>
  judge(matchers, { output, exitStatus, facts }).map(({ kind, rule }) => `${kind}:${rule}`);

describe('judge', () => {
  it('gives verdicts in the order of their lines', () => {
    expect(rules('ERROR: noise\nAddress: aa\nDone.')).toEqual(['harmless:noise', 'expected:kept', 'expected:done']);
  });
  it('takes what is missing for a failure, whatever the status says', () => {
    expect(rules('Address: aa')).toEqual(['expected:kept', 'failure:done']);
  });
  it('stops at a line that looks like an error and that nobody knows', () => {
    expect(rules('Address: aa\nfatal: no space\nDone.')).toContain('failure:unknown-error');
    expect(rules('Address: aa\nNo errors found\nDone.')).not.toContain('failure:unknown-error');
  });
  it('looks at the first 8,192 characters of a line', () => {
    const seen = (before: number) => rules(`Address: aa\nDone.\n${'x'.repeat(before)} card lost`);
    expect(seen(8_000)).toContain('failure:lost');
    expect(seen(8_190)).not.toContain('failure:lost');
    expect(judge(matchers, { output: 'y'.repeat(100_000), exitStatus: 0, facts: {} }).every(({ line }) => line.length <= 8192)).toBe(true);
  });
  it('says nothing else where a rule that stands alone hits', () => {
    const gone: Matcher = { kind: 'failure', id: 'gone', pattern: /^no log$/, alone: true, means: 'There is no log.', next: 'Bring it.' };
    const said = (output: string) => judge([...matchers, gone], { output, exitStatus: 1, facts: {} }).map(({ rule }) => rule);
    expect(said('ERROR: noise\nfatal: x\nno log')).toEqual(['gone']);
    expect(said('ERROR: noise\nfatal: x')).not.toContain('gone');
  });
  it.each([
    ['another value', 'Address: bb\nDone.', { address: 'aa' }],
    ['no value', 'Done.', { address: 'aa' }],
    ['a fact that was never read', 'Address: aa\nDone.', {}],
  ])('refuses %s where one has to be kept', (_, output, facts) => {
    expect(rules(output, 0, facts as Record<string, string>)).toContain('failure:kept');
  });
  it('takes a bad status for a failure unless another one explains it', () => {
    expect(rules('Address: aa\nDone.', 1)).toContain('failure:exit-status');
    expect(rules('Address: aa\ncard lost\nDone.', 1)).not.toContain('failure:exit-status');
  });
  it('carries cause, next action and ways out', () => {
    const lost = judge(matchers, { output: 'card lost', exitStatus: 1, facts: {} }).find(({ rule }) => rule === 'lost');
    expect(lost).toMatchObject({ kind: 'failure', line: 'card lost', means: 'The card is gone.', next: 'Seat it.', remedies: ['reseat'], noWayBack: false });
  });
});

describe('output as tools and consoles print it', () => {
  const repaired: Matcher[] = [
    {
      kind: 'expected',
      id: 'repaired',
      pattern: /beschädigte Dateien gefunden und erfolgreich repariert/,
      means: 'All was repaired.',
      missing: 'Nothing was said of a repair.',
    },
  ];
  const first = 'Der Windows-Ressourcenschutz hat beschädigte Dateien gefunden und erfolgreich';
  const ruled = (verdicts: readonly Verdict[]) => verdicts.map(({ kind, rule }) => `${kind} ${rule}`);
  const see = (matchers: readonly Matcher[], output: string, more: Partial<Observation> = {}) => judge(matchers, { output, exitStatus: 0, facts: {}, ...more });

  it('is read across the line breaks of a console of 80 columns', () => {
    expect(see(repaired, `Überprüfung 100 % abgeschlossen.\n${first}\nrepariert.`)).toMatchObject([{ kind: 'expected', line: `${first} repariert.` }]);
    // In the last column a word is broken.
    const broken = `${'x'.repeat(42)} ${first.slice(0, 37)}`;
    expect(broken).toHaveLength(80);
    expect(see(repaired, `${broken}\n${first.slice(37)} repariert.`)).toMatchObject([{ kind: 'expected' }]);
  });

  it('is not put together where the next word would have fitted', () => {
    expect(ruled(see(repaired, 'beschädigte Dateien gefunden und erfolgreich\nrepariert.'))).toEqual(['failure repaired']);
    expect(ruled(see(repaired, `${first}\n\nrepariert.`))).toEqual(['failure repaired']);
  });

  it('is not put together from records, nor from sentences that have ended', () => {
    const other: Matcher[] = [{ kind: 'failure', id: 'other', pattern: /NS.*NS/, means: 'Two.', next: 'Look.' }];
    const record = `${'_msdcs.corp.example.'.padEnd(60)}3600 IN NS dc1.`;
    expect(see(other, `${record}\n${record}`)).toEqual([]);
    expect(see(other, `${'The first of them has the record NS and is long enough for it to be'.padEnd(74, 'x')}.\nNS is the other.`)).toEqual([]);
  });

  it('is read without the NULs of UTF-16', () => {
    const wide = (text: string) => [...text].map((letter) => `${letter}\0`).join('');
    expect(see(repaired, `ÿþ${wide(`${first} repariert.`)}`)).toMatchObject([{ kind: 'expected', line: `${first} repariert.` }]);
    expect(ruled(see([], wide('Error: 3017')))).toEqual(['failure unknown-error']);
  });

  it.each([
    ['Fehler: 0x800f0915', 'Der Vorgang ist fehlgeschlagen.', 'Zugriff verweigert', 'Die Datei konnte nicht geöffnet werden.'],
    ['Could not change the partition type for /dev/disk5s2 - Autorisation refusée', 'Échec de la restauration', 'fichier introuvable'],
    ['No se pudo montar el volumen', 'permiso denegado', 'La operación falló.'],
    ['Operation not permitted', 'Host Boot limit reached, exiting !', 'Firmware Returned Exception. IOCStatus=0x4', 'it couldn’t be read'],
  ])('looks like an error in the languages that tools speak: %s', (...lines) => {
    for (const line of lines) expect(ruled(see([], line)), line).toEqual(['failure unknown-error']);
  });

  it.each(['ActiveState=failed', 'fehlerfrei', 'NRestarts=1', 'terror', 'failsafe', 'default', 'Result=exit-code', 'la restauration est possible'])(
    'does not look like an error: %s',
    (line) => expect(see([], line)).toEqual([]),
  );
});

describe('what stood there before the step', () => {
  const matchers: Matcher[] = [
    { kind: 'failure', id: 'unknown-parameter', pattern: /^Unknown parameter encountered/, means: 'Samba does not know a parameter.', next: 'Take it out.' },
    { kind: 'expected', id: 'loaded', pattern: /^Loaded services file OK/, means: 'It is read.', missing: 'It is not read.' },
  ];
  const output = 'Unknown parameter encountered: "write cache size"\nLoaded services file OK.\nerror of before';
  const before = new Set(['Unknown parameter encountered: "write cache size"', 'error of before']);

  it('is not held against it', () => {
    const verdicts = judge(matchers, { output, exitStatus: 0, facts: {}, before });
    expect(verdicts.map(({ kind }) => kind)).toEqual(['harmless', 'expected', 'harmless']);
    expect(isFailure(verdicts)).toBe(false);
  });

  it('is held against it where it is new (negative control)', () => {
    expect(isFailure(judge(matchers, { output, exitStatus: 0, facts: {} }))).toBe(true);
    const more = `${output}\nUnknown parameter encountered: "other"`;
    const verdicts = judge(matchers, { output: more, exitStatus: 0, facts: {}, before });
    expect(verdicts.find(({ rule }) => rule === 'unknown-parameter')).toMatchObject({ kind: 'failure', line: expect.stringContaining('"other"') });
  });

  it('does not make up for what must be there', () => {
    const lines = new Set(['x', 'Loaded services file OK.']);
    expect(isFailure(judge(matchers, { output: 'x', exitStatus: 0, facts: {}, before: lines }))).toBe(true);
  });
});

describe('an exit status', () => {
  const line = "/etc/bind/named.conf:3: option 'auto-dnssec' is deprecated, will fail in the future; error";
  it('that can be trusted makes an unknown line a warning', () => {
    expect(judge([], { output: line, exitStatus: 0, facts: {}, statusTells: true })).toMatchObject([{ kind: 'warning', rule: 'unknown-error' }]);
  });
  it('other than 0, or of a program that lies, does not', () => {
    expect(judge([], { output: line, exitStatus: 1, facts: {}, statusTells: true })).toMatchObject([{ kind: 'failure' }]);
    expect(judge([], { output: line, exitStatus: 0, facts: {} })).toMatchObject([{ kind: 'failure' }]);
  });
});

it('what must be there is not missed where a failure says why it is not', () => {
  const matchers: Matcher[] = [
    { kind: 'failure', id: 'dead', pattern: /^Controller is not operational/, means: 'It has no firmware.', next: 'Do not reboot.' },
    { kind: 'expected', id: 'erased', pattern: /^Erased/, means: 'Erased.', missing: 'The card still has its firmware; a reboot is safe.' },
  ];
  expect(judge(matchers, { output: 'Controller is not operational.', exitStatus: 1, facts: {} }).map(({ rule }) => rule)).toEqual(['dead']);
  expect(judge(matchers, { output: 'error 3', exitStatus: 1, facts: {} }).map(({ rule }) => rule)).toEqual(['unknown-error', 'erased']);
});

it('a value that is not shown is not called another one where a failure says why it is not', () => {
  const matchers: Matcher[] = [
    { kind: 'failure', id: 'dead', pattern: /^No firmware runs/, means: 'It can’t say.', next: 'Write one.' },
    { kind: 'equal', id: 'kept', pattern: /^Address: (\w+)$/, to: { text: 'abc' }, means: 'Kept.', differs: 'It lost its address.', next: 'Write it again.' },
  ];
  const rules = (output: string) => judge(matchers, { output, exitStatus: 0, facts: {} }).map(({ kind, rule }) => `${kind}:${rule}`);
  expect(rules('No firmware runs.')).toEqual(['failure:dead']);
  expect(rules('No firmware runs.\nAddress: 000')).toEqual(['failure:dead', 'failure:kept']);
  expect(rules('nothing')).toEqual(['failure:kept']);
});

it('a line counts only with, or only without, another line, in whatever order', () => {
  const pattern = /^Fault/;
  const matchers: Matcher[] = [
    { kind: 'failure', id: 'behind-write', pattern, given: /^Written/, means: 'It is written.', next: 'Go on.' },
    { kind: 'failure', id: 'alone-there', pattern, unless: /^Written/, means: 'It is not known.', next: 'Look.' },
  ];
  const rules = (output: string) => judge(matchers, { output, exitStatus: 0, facts: {} }).map(({ rule }) => rule);
  expect(rules('Written.\nFault 704')).toEqual(['behind-write']);
  expect(rules('Fault 704\nWritten.')).toEqual(['behind-write']);
  expect(rules('Fault 704')).toEqual(['alone-there']);
  expect(rules('Written.')).toEqual([]);
});

describe('a rule', () => {
  const said = (matcher: Matcher, output: string, facts: Record<string, string> = {}) =>
    judge([matcher], { output, exitStatus: 0, facts }).map(({ kind, rule, means }) => [kind, rule, means]);

  it('counts within a part of the output only', () => {
    const up: Matcher = { kind: 'expected', id: 'up', pattern: /^state UP$/, within: { from: /^eth1:/, to: /^\w+:/ }, means: 'Up.', missing: 'Not up.' };
    expect(said(up, 'eth0:\nstate UP\neth1:\n  mtu 1500\n  state UP\neth2:\n')).toEqual([['expected', 'up', 'Up.']]);
    expect(said(up, 'eth0:\nstate UP\neth1:\nmtu 1500\neth2:\nstate UP\n')).toEqual([['failure', 'up', 'Not up.']]);
    expect(said(up, 'state UP\n')).toEqual([['failure', 'up', 'Not up.']]);
  });
  it('for an error within a part leaves the same words elsewhere unknown', () => {
    const noise: Matcher = { kind: 'harmless', id: 'noise', pattern: /^error: x$/, within: { from: /^old log/, to: /^end/ }, means: 'Old.' };
    expect(said(noise, 'old log\nerror: x\nend\n').map(([kind]) => kind)).toEqual(['harmless']);
    expect(said(noise, 'old log\nerror: x\nend\nerror: x\n').map(([kind]) => kind)).toEqual(['harmless', 'failure']);
  });
  it('wants another value than the one before', () => {
    const restarted: Matcher = { kind: 'changed', id: 'pid', pattern: /^pid=(\d+)$/, from: { fact: 'pid' }, means: 'Restarted.', same: 'Not restarted.' };
    expect(said(restarted, 'pid=8', { pid: '7' })).toEqual([['expected', 'pid', 'Restarted.']]);
    expect(said(restarted, 'pid=7', { pid: '7' })).toEqual([['failure', 'pid', 'Not restarted. Before 7, now 7.']]);
    expect(said(restarted, '', { pid: '7' })).toEqual([['failure', 'pid', 'Not restarted. Before 7, now nothing.']]);
    expect(said(restarted, 'pid=8')).toEqual([['failure', 'pid', 'Not restarted. Before a value that was never read, now 8.']]);
  });
  it('wants nothing of a kind, and to have looked', () => {
    const clean: Matcher = {
      kind: 'absent',
      id: 'clean',
      pattern: /^hit: /,
      looked: /^looked at \d+ files$/,
      means: 'Clean.',
      found: 'One is left.',
      missing: 'It was not looked.',
    };
    expect(said(clean, 'looked at 3 files')).toEqual([['expected', 'clean', 'Clean.']]);
    expect(said(clean, 'hit: a\nlooked at 3 files')).toEqual([['failure', 'clean', 'One is left.']]);
    expect(said(clean, 'hit: a')).toEqual([['failure', 'clean', 'One is left.']]);
    expect(said(clean, '')).toEqual([['failure', 'clean', 'It was not looked.']]);
  });
  it('about a unit that failed is not tripped by its properties', () => {
    const any: Matcher = { kind: 'harmless', id: 'x', pattern: /^x$/, means: '' };
    expect(said(any, 'ActiveState=failed\nResult=failure\nSubState=failed')).toEqual([]);
    expect(said(any, 'Active: failed (Result: exit-code)').map(([, rule]) => rule)).toEqual(['unknown-error']);
  });
});
