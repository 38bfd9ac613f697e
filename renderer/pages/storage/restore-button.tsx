import { Button } from '@mantine/core';
import { IconArchiveOff } from '@tabler/icons-react';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { loadRunStorage } from '../../stores/storage.ts';
import { api } from '../../window-api.ts';
import { JobProgress } from './job-progress.tsx';
import { useStorageJob } from './use-storage-job.ts';

/** Brings an archived run back, so that it can be gone on with or taken back. */
export function RestoreButton({ runId }: { runId: string }) {
  const job = useStorageJob();
  const restore = () =>
    job.run('Unpacking', async (jobId) => {
      await api.storage.restore({ runId, jobId });
      await loadRunStorage([runId]);
      announce('The run is restored.');
    });
  return (
    <>
      <Button size="xs" variant="default" loading={job.progress !== null} leftSection={<IconArchiveOff size={15} aria-hidden />} onClick={() => void restore()}>
        Restore from the archive
      </Button>
      <JobProgress job={job} />
      {job.trouble && <TroubleNote text={job.trouble} />}
    </>
  );
}
