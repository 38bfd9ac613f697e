/** Runs the step of a run that the test goes on with after this process was killed. */
import { SmallRun } from '../small-run.test-kit.ts';
import { onlySteps } from './lasting-steps.test-kit.ts';

const [folder = '', config = '', stepId = ''] = process.argv.slice(2);
const run = new SmallRun(onlySteps(stepId), folder, { kind: 'ssh', host: 'machine' }, { sshConfig: config });
void run.act((controller) => controller.advance(stepId));
