import { Button } from '@mantine/core';
import { useState } from 'react';
import { ExportDialog } from './export-dialog.tsx';

export function ExportButton({ runId, size = 'xs' }: { runId: string; size?: 'xs' | 'compact-sm' }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Export…
      </Button>
      <ExportDialog runId={runId} opened={open} onClose={() => setOpen(false)} />
    </>
  );
}
