import { Button, Checkbox, Code, Group, Modal, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodInput, MethodOutput } from '../../../shared/api.ts';
import { useIntent } from '../../stores/intent.ts';
import { reportError } from '../../stores/report-error.ts';
import { go } from '../../stores/route.ts';
import { api } from '../../window-api.ts';
import classes from './runs.module.css';

/** The key the admin agreed to, where it was not known, and whether for this run only. */
type Agreement = MethodInput<'window.importBundle'>;
type Chosen = NonNullable<MethodOutput<'window.chooseBundle'>>;

/** Imports a run that was carried here as a signed bundle: what is wrong with it is said first, and owner of the key. */
export function ImportRun() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      reportError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const choose = () => void attempt(async () => setChosen(await api.window.chooseBundle({})));
  useIntent('import-run', choose);
  const importIt = (agreement: Agreement) =>
    attempt(async () => {
      const run = await api.window.importBundle(agreement);
      setChosen(null);
      go({ page: 'run', runId: run.runId, view: 'step' });
    });
  return (
    <>
      <Button size="xs" variant="default" loading={busy} leftSection={<IconFileImport size={15} aria-hidden />} onClick={choose}>
        Import a run …
      </Button>
      <Modal opened={chosen !== null} onClose={() => setChosen(null)} title="Import a run" centered>
        {chosen && <Decision chosen={chosen} busy={busy} onImport={(agreement) => void importIt(agreement)} onCancel={() => setChosen(null)} />}
      </Modal>
    </>
  );
}

interface DecisionProps {
  chosen: Chosen;
  busy: boolean;
  onImport(agreement: Agreement): void;
  onCancel(): void;
}

function Decision({ chosen: { path, verification }, busy, onImport, onCancel }: DecisionProps) {
  const [agreed, setAgreed] = useState(false);
  const [once, setOnce] = useState(false);
  const { findings, signed, runId, kind } = verification;
  const fleet = kind === 'fleet';
  const strangerOnly = findings.length === 1 && (findings[0] ?? '').startsWith('wrong key') && signed !== null;
  const importable = !fleet && (verification.ok || strangerOnly);
  return (
    <>
      <Text size="sm">
        {path}
        {runId && (
          <>
            <br />
            {fleet ? 'Fleet run' : 'Run'} {runId}
          </>
        )}
      </Text>
      {verification.ok && (
        <Text size="sm" mt="sm">
          The bundle is unchanged since it was signed, with a trusted key.
        </Text>
      )}
      {fleet && (verification.ok || strangerOnly) && (
        <Text size="sm" mt="sm">
          Fleet runs are not imported: they are continued where they were begun. What is in the bundle can be read with tar.
        </Text>
      )}
      {strangerOnly && (
        <>
          <Text size="sm" mt="sm">
            The bundle is unchanged since it was signed, but its key is not trusted here. Ask whoever gave it to you for the fingerprint of their key, by a
            different channel than the bundle came.
          </Text>
          <Code block mt="xs">
            {signed.fingerprint}
          </Code>
          {!fleet && (
            <>
              <Checkbox
                mt="sm"
                label="I compared the fingerprint; it is theirs"
                checked={agreed}
                onChange={(event) => setAgreed(event.currentTarget.checked)}
              />
              <Checkbox
                mt="sm"
                label="Only this once"
                description={
                  once
                    ? 'Signatures by this key are trusted for this run only.'
                    : 'Signatures by this key are trusted here from now on, for other runs and bundles too, until the key is removed under Settings.'
                }
                checked={once}
                onChange={(event) => setOnce(event.currentTarget.checked)}
              />
            </>
          )}
        </>
      )}
      {!verification.ok && !strangerOnly && (
        <>
          <Text size="sm" mt="sm" fw={600}>
            It can’t be imported:
          </Text>
          <ul className={classes.findings}>
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
          <Text size="sm">Ask for the bundle again.</Text>
        </>
      )}
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {importable ? 'Cancel' : 'Close'}
        </Button>
        {importable && (
          <Button loading={busy} disabled={strangerOnly && !agreed} onClick={() => onImport(strangerOnly ? { key: signed.fingerprint, once } : {})}>
            Import it
          </Button>
        )}
      </Group>
    </>
  );
}
