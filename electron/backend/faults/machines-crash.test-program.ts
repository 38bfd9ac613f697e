/** Takes a run on two machines from where it stands to its end; `undo`: and back. */
import { twoMachineRun } from '../runs/two-machines.test-kit.ts';

async function goOn(folder: string, undo: boolean): Promise<void> {
  const run = twoMachineRun(undefined, { folder });
  for (;;) {
    const offer = run.state.offers.find(({ action }) => action === 'advance');
    if (!offer) break;
    await run.act((controller) => controller.advance(offer.id, { shown: offer.change?.shown }));
  }
  if (undo) await run.act((controller) => controller.undo(''));
  await run.leave();
  process.exitCode = run.state.status === (undo ? 'undone' : 'done') ? 0 : 1;
}
const [, , folder = '', undo = ''] = process.argv;
void goOn(folder, undo === 'undo');
