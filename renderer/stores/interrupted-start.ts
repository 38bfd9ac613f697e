/** After a crash or a restart the window opens at the run that was cut off: that is what somebody has to decide about. */
import type { RunState } from '../../shared/api/run.ts';
import { remembered } from './remembered.ts';
import { stayAt, useRoute } from './route.ts';

/** Interruptions that were led to already: whoever has left one for later is not led there at each start. */
const led = remembered('wrenchbook.led-to-interruption', '');

const nameOf = ({ runId, steps }: RunState) => `${runId} ${steps.find(({ status }) => status === 'interrupted')?.startedAt ?? ''}`;

/** `states`: newest first. Somebody who has gone somewhere meanwhile stays there. */
export function goToInterrupted(states: readonly RunState[]): void {
  const run = states.find(({ status }) => status === 'interrupted');
  if (!run || useRoute.getState().route.page !== 'catalogue' || led.read() === nameOf(run)) return;
  led.write(nameOf(run));
  stayAt({ page: 'run', runId: run.runId, view: 'step' });
}
