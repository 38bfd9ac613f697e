import { Button, Group, Modal, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { KnownKey } from '../../../shared/api/keys.ts';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { momentText } from '../../words/amounts.ts';
import classes from './settings.module.css';

interface KnownKeysProps {
  known: readonly KnownKey[];
  /** Fingerprint of the key that signs here: it always counts. */
  own: string;
  onChanged(): void;
}

/** The keys whose signatures count here, each with the way to let it count no more. */
export function KnownKeys({ known, own, onChanged }: KnownKeysProps) {
  const [leaving, setLeaving] = useState<KnownKey | null>(null);
  return (
    <section aria-label="Trusted keys" className={classes.part}>
      <h3>Trusted keys</h3>
      <div className={classes.wide}>
        <Table fz="sm" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Whose</Table.Th>
              <Table.Th>Fingerprint</Table.Th>
              <Table.Th>Since</Table.Th>
              <Table.Th>
                <span className={classes.unseen}>Remove</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {known.map((key) => (
              <Table.Tr key={`${key.fingerprint} ${key.runId}`}>
                <Table.Td>
                  {key.label}
                  {key.runId !== null && <div className={classes.hint}>only for run {key.runId}</div>}
                </Table.Td>
                <Table.Td>
                  <code className={classes.fingerprint}>{key.fingerprint}</code>
                </Table.Td>
                <Table.Td className={classes.moment ?? ''}>{key.since === null ? 'not known' : momentText(key.since)}</Table.Td>
                <Table.Td>
                  {key.fingerprint === own ? (
                    <span className={classes.hint}>signs here</span>
                  ) : (
                    <Button size="compact-xs" variant="default" aria-label={`Remove the key of ${key.label}`} onClick={() => setLeaving(key)}>
                      Remove…
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Modal opened={leaving !== null} onClose={() => setLeaving(null)} title="Remove a key" centered>
        {leaving && (
          <Removal
            leaving={leaving}
            onEnd={(removed) => {
              setLeaving(null);
              if (removed) onChanged();
            }}
          />
        )}
      </Modal>
    </section>
  );
}

function Removal({ leaving, onEnd }: { leaving: KnownKey; onEnd(removed: boolean): void }) {
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await api.keys.forget({ fingerprint: leaving.fingerprint });
      announce(`The key of ${leaving.label} was removed.`);
      onEnd(true);
    } catch (thrown) {
      setTrouble(errorText(thrown));
      setBusy(false);
    }
  };
  return (
    <>
      <Text size="sm">
        The key of <strong>{leaving.label}</strong>:
      </Text>
      <code className={classes.fingerprint}>{leaving.fingerprint}</code>
      <Text size="sm" mt="sm">
        What it signed stays here, but is shown as signed with an unknown key, and Wrenchbook asks about new bundles with it. It can be added again.
      </Text>
      {trouble && <TroubleNote text={trouble} />}
      <Group mt="md" justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => onEnd(false)}>
          Cancel
        </Button>
        <Button color="red.9" loading={busy} onClick={() => void remove()}>
          Remove the key
        </Button>
      </Group>
    </>
  );
}
