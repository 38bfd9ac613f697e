import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Verification } from '../../../shared/api/transcript.ts';
import { announce } from '../../stores/announce.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import classes from './transcript.module.css';

/** Whether journal and recording are as they were written. Checked when asked, because it reads all of both. */
export function useVerification(runId: string) {
  const [result, setResult] = useState<Verification | null>(null);
  const [checking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    try {
      const verification = await api.transcripts.verify({ runId });
      setResult(verification);
      announce(
        verification.ok ? 'The transcript is unchanged.' : `It can't be relied on: ${[...verification.findings, ...verification.ledgerFindings].join(' ')}`,
      );
    } catch (thrown) {
      reportError(thrown);
    } finally {
      setChecking(false);
    }
  };
  return { result, checking, check };
}

export function VerifyBadge({ result, checking, onCheck }: { result: Verification | null; checking: boolean; onCheck: () => void }) {
  if (!result)
    return (
      <Button size="xs" variant="default" loading={checking} leftSection={<IconShieldCheck size={15} aria-hidden />} onClick={onCheck}>
        Verify
      </Button>
    );
  const Icon = result.ok ? IconShieldCheck : IconShieldX;
  return (
    <span className={classes.verified} style={{ color: result.ok ? 'var(--wb-good)' : 'var(--wb-bad)' }}>
      <Icon size={18} aria-hidden />
      <span>
        {verdict(result)}
        <small className={classes.signed}>{signature(result)}</small>
        {result.ledger && <small className={classes.signed}>{result.ledger}</small>}
      </span>
    </span>
  );
}

function verdict({ ok, findings, unvouched }: Verification): string {
  if (ok)
    return unvouched > 0 ? `Verified, but for the last ${unvouched} bytes of its recording, which are not sealed` : 'Verified: unchanged since it was written';
  return findings.length > 0 ? 'Changed since it was written' : 'The ledger is damaged: a missing end would not be noticed';
}

function signature({ signed, events }: Verification): string {
  if (!signed) return 'not signed';
  const since = events - signed.events;
  return `signed by key ${signed.fingerprint.slice(0, 18)}…${since > 0 ? `, ${since} events came after` : ''}`;
}

export function Findings({ result }: { result: Verification | null }) {
  const findings = result ? [...result.findings, ...result.ledgerFindings] : [];
  if (findings.length === 0) return null;
  return (
    <ul className={classes.findings} aria-label="Findings">
      {findings.map((finding) => (
        <li key={finding}>{finding}</li>
      ))}
    </ul>
  );
}
