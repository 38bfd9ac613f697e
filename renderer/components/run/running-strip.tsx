import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { durationText } from '../../words/amounts.ts';

/** Something is running: since when, and how to stop it. */
export function RunningStrip({ since }: { since: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const elapsed = since ? Math.max(0, now - new Date(since).getTime()) : null;
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
      <Loader size={16} aria-hidden />
      <span>
        Running{elapsed !== null && elapsed >= 1000 ? ` for ${durationText(Math.floor(elapsed / 1000) * 1000)}` : ''}. Ctrl-C above sends an interrupt to the
        command. The run can be left when it has ended.
      </span>
    </div>
  );
}
