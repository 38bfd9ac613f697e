/** Entry of the history's thread: reads and searches runs, so that the backend has its hands free for terminals. */
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../shared/api/error.ts';
import { answer, type HistoryQuestion, type HistoryReply } from './backend/history/history-questions.ts';
import { RunHistory } from './backend/history/run-history.ts';

const reply = (message: HistoryReply) => parentPort?.postMessage(message);
const history = new RunHistory((workerData as { dataFolder: string }).dataFolder, (log) => reply({ log }));

parentPort?.on('message', ({ id, question }: { id: number; question: HistoryQuestion }) => {
  answer(history, question).then(
    (given) => reply({ id, answer: given }),
    (thrown: unknown) => reply({ id, error: toWireError(thrown) }),
  );
});
