import { VisuallyHidden } from '@mantine/core';
import { useAnnouncement } from '../../stores/announce.ts';

export function LiveRegion() {
  const text = useAnnouncement((state) => state.text);
  return (
    <VisuallyHidden role="status" aria-live="polite" aria-label="Announcements">
      {text}
    </VisuallyHidden>
  );
}
