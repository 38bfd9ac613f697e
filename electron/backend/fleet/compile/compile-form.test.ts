import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetForm } from '../../../../shared/api/fleet-form.ts';
import { bundleRules } from '../rules/rules-bundle.ts';
import { checkForm, compileForm } from './compile-form.ts';

const folders = { rules: mkdtempSync(path.join(tmpdir(), 'wb-rules-')), assets: path.resolve('assets') };
const form = (topicId: string, given: Partial<FleetForm> = {}): FleetForm => ({
  ...{ topicId, parameters: {}, without: [], done: [], confirmations: {}, serial: [1, 10], maxFailPercentage: 0, stopAt: null },
  ...given,
});
const forest = { base: 'DC=example,DC=com' };

describe('a form for many hosts', () => {
  it('names the fields that are wrong, and has no plan then', async () => {
    const checked = await checkForm(form('isc-dhcp-boot-retry', { parameters: { seconds: '2' } }));
    expect(checked.issues).toEqual([expect.objectContaining({ field: 'seconds', message: expect.stringContaining('At least 5') })]);
    expect(checked.plan).toBeNull();
  });

  it('asks for what a run would have typed, and goes on asking when it is answered', async () => {
    const { issues, questions, obstacles, plan } = await checkForm(form('ad-schema-apple', { parameters: forest }));
    expect(issues).toEqual([]);
    expect(questions).toEqual([expect.objectContaining({ stepId: 'import', kind: 'confirmation' })]);
    expect(obstacles.map(({ stepId }) => stepId)).toEqual(['import']);
    const typed = plan?.steps.find(({ id }) => id === 'import')?.confirm?.type ?? '';
    const answered = await checkForm(form('ad-schema-apple', { parameters: forest, confirmations: { import: typed } }));
    expect(answered.obstacles).toEqual([]);
    expect(answered.questions).toEqual(questions);
    const wrong = await checkForm(form('ad-schema-apple', { parameters: forest, confirmations: { import: `${typed}x` } }));
    expect(wrong.obstacles).toHaveLength(1);
  });

  it('leaves out a machine that may be missing, and no other', async () => {
    const both = await checkForm(form('cups-to-cups', { parameters: { queue: 'office' } }));
    expect(both.plan?.machines?.map(({ id }) => id)).toEqual(['client', 'server']);
    await expect(checkForm(form('cups-to-cups', { without: ['client'] }))).rejects.toThrow('can\'t do without a machine "client"');
  });
});

describe('compiling a form', () => {
  beforeAll(async () => writeFileSync(path.join(folders.rules, 'isc-dhcp-boot-retry.mjs'), await bundleRules('isc-dhcp-boot-retry')), 120_000);
  afterAll(() => rmSync(folders.rules, { recursive: true, force: true }));

  it('writes the batches into the play, and the values that the form gave', async () => {
    const given = { parameters: { seconds: '33' }, serial: [1, '25%'], maxFailPercentage: 20 };
    const { files } = await compileForm(form('isc-dhcp-boot-retry', given), folders);
    const site = files?.get('site.yml') ?? '';
    expect(site).toContain('max_fail_percentage: 20');
    expect(site).toContain('25%');
    expect(JSON.parse(files?.get('roles/isc_dhcp_boot_retry/files/values.json') ?? '').values.seconds).toBe(33);
    expect(files?.get('roles/isc_dhcp_boot_retry/files/rules.mjs')).toBe(readFileSync(path.join(folders.rules, 'isc-dhcp-boot-retry.mjs'), 'utf8'));
  });

  it('writes nothing while a question is open', async () => {
    expect((await compileForm(form('ad-schema-apple', { parameters: forest }), folders)).files).toBeNull();
  });
});
