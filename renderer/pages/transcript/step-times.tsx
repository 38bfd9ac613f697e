import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { VisuallyHidden } from '@mantine/core';
import type { RunState } from '../../../shared/api/run.ts';
import { stepSeconds } from '../../components/replay/step-moments.ts';

/** Where the time went. The picture is for the eye; the list says the same. */
export function StepTimes({ run }: { run: RunState }) {
  const times = stepSeconds(run);
  if (times.length === 0) return <p>No step has ended yet.</p>;
  return (
    <figure style={{ margin: 0, maxWidth: 900 }}>
      <figcaption style={{ fontSize: 13, color: 'var(--wb-quiet)', marginBottom: 6 }}>Seconds from the start to the end of each step's last attempt</figcaption>
      <div aria-hidden>
        <BarChart
          h={Math.max(140, times.length * 30 + 30)}
          data={times.map(({ step, seconds }) => ({ step: `${step}: ${seconds} s`, seconds }))}
          dataKey="step"
          orientation="vertical"
          series={[{ name: 'seconds', label: 'Seconds', color: 'petrol.6' }]}
          yAxisProps={{ width: 270, interval: 0 }}
          barProps={{ isAnimationActive: false, barSize: 14 }}
          withTooltip={false}
          gridAxis="x"
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <VisuallyHidden>
        <ul aria-label="Seconds per step">
          {times.map(({ step, seconds }) => (
            <li key={step}>
              {step}: {seconds} seconds
            </li>
          ))}
        </ul>
      </VisuallyHidden>
    </figure>
  );
}
