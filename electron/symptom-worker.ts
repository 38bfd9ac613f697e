/** Entry of the thread that looks for symptoms in pasted text: the backend ends it when a search takes too long. */
import { parentPort } from 'node:worker_threads';
import { searchTopics } from './backend/topics/topic-registry.ts';

parentPort?.on('message', (text: string) => parentPort?.postMessage(searchTopics(text)));
