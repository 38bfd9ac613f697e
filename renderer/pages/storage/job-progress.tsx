import { Button, Group, Progress } from '@mantine/core';
import type { StorageJob } from './use-storage-job.ts';

export function JobProgress({ job }: { job: StorageJob }) {
  if (!job.progress) return null;
  const { what, percent } = job.progress;
  return (
    <Group gap="sm" mt="sm" wrap="nowrap" role="status">
      <span style={{ flex: '0 0 auto' }}>
        {what}
        {percent !== null && ` ${percent} %`}
      </span>
      <Progress value={percent ?? 0} aria-label={what} style={{ flex: 1 }} />
      <Button size="compact-sm" variant="default" onClick={job.cancel}>
        Cancel
      </Button>
    </Group>
  );
}
