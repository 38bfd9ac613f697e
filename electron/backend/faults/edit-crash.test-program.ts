/** Takes a run that edits a file from where it stands to its end. */
import { largeEdit } from '../edits/edit-topic.test-kit.ts';
import { SmallRun } from '../runs/small-run.test-kit.ts';

async function goOn(folder: string): Promise<void> {
  const run = new SmallRun(largeEdit, folder);
  for (;;) {
    const offer = run.state.offers.find(({ action }) => action === 'advance');
    if (!offer) break;
    await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
  }
  await run.leave();
  process.exitCode = run.state.status === 'done' ? 0 : 1;
}
void goOn(process.argv[2] ?? '');
