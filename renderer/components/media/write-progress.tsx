/** An image on its way: how far, how fast, how long still, and the speed along the stick, written and read back over each other. */
import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Progress } from '@mantine/core';
import { sizeText as deviceSize } from '../../../shared/api/device-value.ts';
import type { MediaProgress } from '../../../shared/api/media.ts';
import { type SpeedPoint, useMediaProgress } from '../../stores/media-progress.ts';
import { durationText } from '../../words/amounts.ts';

export function WriteProgress({ runId }: { runId: string }) {
  const progress = useMediaProgress((runs) => runs[runId]);
  if (!progress) return null;
  const { latest, points } = progress;
  const percent = latest.total ? Math.min(100, (100 * latest.bytes) / latest.total) : null;
  const what = latest.phase === 'writing' ? 'Writing' : 'Reading back and comparing';
  return (
    <section aria-label="Progress">
      <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '2px 12px' }}>
        <strong>
          {what}
          {percent !== null && ` ${Math.floor(percent)} %`}
        </strong>
        <span>{amountText(latest)}</span>
      </div>
      <Progress value={percent ?? 0} aria-label={what} color={latest.phase === 'writing' ? 'var(--wb-accent)' : 'var(--wb-good)'} my={6} />
      {points.length > 1 && (
        <LineChart
          h={140}
          data={rowsOf(points)}
          dataKey="percent"
          unit=" MB/s"
          withLegend
          withDots={false}
          curveType="monotone"
          connectNulls
          xAxisProps={{ type: 'number', domain: [0, 100], unit: ' %' }}
          series={[
            { name: 'writing', label: 'Written', color: 'var(--wb-accent)' },
            { name: 'comparing', label: 'Read back', color: 'var(--wb-good)', strokeDasharray: '5 4' },
          ]}
        />
      )}
    </section>
  );
}

function amountText({ bytes, total, bytesPerSecond, secondsLeft }: MediaProgress): string {
  const amount = total ? `${deviceSize(bytes)} of ${deviceSize(total)}` : deviceSize(bytes);
  const left = secondsLeft === null ? 'time left unknown' : `${durationText(secondsLeft * 1000)} left`;
  return `${amount} · ${(bytesPerSecond / 1e6).toFixed(1)} MB/s · ${left}`;
}

const rowsOf = (points: readonly SpeedPoint[]) =>
  points
    .map(({ phase, percent, rate }) => ({ percent: Math.round(percent * 10) / 10, [phase]: Math.round(rate * 10) / 10 }))
    .sort((a, b) => a.percent - b.percent);
