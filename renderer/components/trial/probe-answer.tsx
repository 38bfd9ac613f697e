import type { ReactNode } from 'react';
import type { ProbeResult } from '../../../shared/api/probe.ts';
import { probeVerdictTitles } from '../../../shared/api/probe.ts';
import { speaksWords, verdictTone } from '../../words/probe.ts';
import { toneColor } from '../../words/status.ts';
import classes from './probe-answer.module.css';

interface ProbeAnswerProps {
  probe: ProbeResult;
  /** Between what to do now and what was found. */
  children?: ReactNode;
}

/** Whether a procedure applies, why, what to do now, and what speaks for and against it. */
export function ProbeAnswer({ probe: { verdict, because, next, findings }, children }: ProbeAnswerProps) {
  return (
    <section className={classes.answer} style={{ color: toneColor(verdictTone(verdict)) }} aria-label="What was found">
      <h3>{probeVerdictTitles[verdict]}</h3>
      <p>{because}</p>
      <p className={classes.next}>{next}</p>
      {children}
      {findings.length > 0 && (
        <table className={classes.findings}>
          <thead>
            <tr>
              <th scope="col">Checked</th>
              <th scope="col">Found</th>
              <th scope="col">Means</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ label, value, means, speaks }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value ? <code>{value}</code> : 'could not be read'}</td>
                <td>
                  <strong style={{ color: toneColor(speaksWords(speaks).tone) }}>{speaksWords(speaks).label}</strong> {means}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
