/** One piece of long work on the storage: how far it is, calling it off, and what went wrong. */
import { useRef, useState } from 'react';
import { readError } from '../../../shared/wire/bridge-error.ts';
import { api } from '../../window-api.ts';

export interface StorageJob {
  /** Null while nothing is running; the share that is done is not known at first. */
  progress: { what: string; percent: number | null } | null;
  trouble: string;
  run(what: string, work: (jobId: string) => Promise<void>): Promise<void>;
  cancel(): void;
}

export function useStorageJob(): StorageJob {
  const [progress, setProgress] = useState<StorageJob['progress']>(null);
  const [trouble, setTrouble] = useState('');
  const current = useRef<string | null>(null);
  return {
    progress,
    trouble,
    async run(what, work) {
      const jobId = crypto.randomUUID();
      current.current = jobId;
      setTrouble('');
      setProgress({ what, percent: null });
      const stop = api.on('storage.progress', ({ jobId: told, done, total }) => {
        if (told === jobId) setProgress({ what, percent: total === 0 ? 100 : Math.floor((100 * done) / total) });
      });
      try {
        await work(jobId);
      } catch (thrown) {
        const { code, message, next } = readError(thrown);
        if (code !== 'cancelled') setTrouble(`${message} ${next}`);
      } finally {
        stop();
        if (current.current === jobId) setProgress(null);
      }
    },
    cancel() {
      if (current.current !== null) void api.storage.cancel({ jobId: current.current }).catch(() => undefined);
    },
  };
}
