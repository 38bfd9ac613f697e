/** A run that waits to write a file: what the page shows of the change. The files themselves are written in the unit tests. */
import AxeBuilder from '@axe-core/playwright';
import { castBytes, plannedStep, writeRun } from '../../electron/backend/history/synthetic-run.test-kit.ts';
import type { RunEventBody } from '../../electron/backend/runs/run-event.ts';
import { topic } from '../../shared/topics/perc-h200-crossflash/topic.ts';
import { expect, test } from '../app-fixture.ts';
import { CataloguePage } from '../pages/catalogue-page.ts';

const file = '/etc/modprobe.d/zfs.conf';
const diff = `--- ${file}
+++ ${file}
@@ -1,7 +1,7 @@
 # Memory for the cache, in bytes
-options zfs zfs_arc_max=1073741824
+options zfs zfs_arc_max=8589934592
 options zfs zfs_prefetch_disable=0
 
 # Checked by hand<CR>
-options zfs zfs_txg_timeout=5
@@ -40,3 +40,4 @@
 options spl spl_hostid=0
 
 # end
+# raised by Wrenchbook`;
const digest = (character: string) => character.repeat(64);
const mark = { bytes: castBytes(['']), sha256: digest('0'), ms: 10 };
const edit = plannedStep('arc', 1, {
  title: 'Give the cache more memory',
  intro: 'The cache is limited to 1 GiB, which is too little for this pool.',
  kind: 'edit',
  danger: 'changes',
  script: null,
  edit: { file, place: `root${file}`, follow: false, createMode: null },
});
const shown: RunEventBody[] = [
  { type: 'step-started', stepId: 'arc', attempt: 1, script: null, confirmation: null, part: 'show', recordingMs: 0, recordingMarker: 0 },
  {
    type: 'edit-shown',
    stepId: 'arc',
    place: `root${file}`,
    before: { sha256: digest('a'), sum: '1 2', size: 300, mode: '0644', uid: 0, gid: 0 },
    after: { sha256: digest('b'), size: 301, mode: '0644' },
    diff,
    backup: { folder: 'root/var/lib/wrenchbook/backups/20261101-100000-arc', name: 'arc-aaaaaaaaaaaa', missing: [] },
    again: false,
    recording: mark,
  },
];

for (const scheme of ['light', 'dark'] as const) {
  test(`the change of a file is shown before it is written, ${scheme}`, async ({ app }, info) => {
    const { window } = app;
    await window.emulateMedia({ colorScheme: scheme });
    await window.setViewportSize({ width: 1200, height: 780 });
    writeRun(`${app.folder}/data`, {
      runId: '20261101-100000-arc-0001',
      topicId: topic.id,
      topicTitle: 'Give ZFS more memory',
      parameters: topic.labDefaults as Record<string, string>,
      plan: [edit, plannedStep('look', 2, { title: 'Look at the cache' })],
      events: shown,
      output: [''],
    });
    const runs = await new CataloguePage(window).openRuns();
    await runs.rows.first().getByRole('link').first().click();
    await expect(window.getByRole('heading', { level: 2, name: 'Step 1: Give the cache more memory' })).toBeVisible();
    const change = window.getByRole('region', { name: `Will be written of ${file}, differences` });
    await expect(change).toContainText('taken out: options zfs zfs_arc_max=1073741824');
    await expect(change).toContainText('put in: options zfs zfs_arc_max=8589934592');
    await expect(change).toContainText('33 lines the same');
    await expect(window.getByRole('button', { name: 'Write the change' })).toBeEnabled();
    await expect(window.getByText(/A copy of it as it is now is kept in/)).toBeVisible();
    await change.focus();
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await window.screenshot({ path: info.outputPath(`edit-${scheme}.png`) });
  });
}
