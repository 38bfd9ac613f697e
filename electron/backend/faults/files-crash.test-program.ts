/** Takes a run that changes several files at once from where it stands to its end, or is killed when so many of them are new. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allSites } from '../edits/files-topic.test-kit.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';

async function goOn(folder: string): Promise<void> {
  const run = new SmallRun([allSites], folder);
  for (;;) {
    const offer = run.state.offers.find(({ action }) => action === 'advance');
    if (!offer) break;
    await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
  }
  await run.leave();
  process.exitCode = run.state.status === 'done' ? 0 : 1;
}
const [, , folder = '', most = ''] = process.argv;
const sites = path.join(folder, 'lab/root/etc/sites');
const isNew = (name: string) => name.endsWith('.conf') && readFileSync(path.join(sites, name), 'utf8').includes('mode new');
if (most !== '') setInterval(() => readdirSync(sites).filter(isNew).length >= Number(most) && process.kill(process.pid, 'SIGKILL'), 1);
void goOn(folder);
