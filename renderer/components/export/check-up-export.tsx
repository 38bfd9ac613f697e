/** Saves a check-up: which format, and where it went. */
import { Button, Checkbox, Group, Modal, Radio, SimpleGrid } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CheckUpFormat } from '../../../shared/api/doctor.ts';
import { announce } from '../../stores/announce.ts';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { CopyButton } from '../copy-button.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import classes from './export-dialog.module.css';

const formats: readonly { format: CheckUpFormat; label: string; what: string }[] = [
  { format: 'md', label: 'Markdown (.md)', what: 'For a ticket or a wiki: what was found, what is new, and what is ignored.' },
  { format: 'html', label: 'HTML page (.html)', what: 'One page with a player for what the terminal showed; opens without network.' },
  { format: 'txt', label: 'Plain text (.txt)', what: 'The report, and what stood on the screen.' },
  { format: 'json', label: 'JSON (.json)', what: 'The whole check-up for other programs.' },
  { format: 'cast', label: 'Recording (.cast)', what: 'What the terminal showed, as asciicast v3.' },
  { format: 'sudo', label: 'sudo I/O log (a folder)', what: 'A new folder that sudoreplay plays.' },
  { format: 'signed', label: 'Signed record (.wbcheck)', what: 'As it is kept here: others can check that nobody changed it.' },
];

export function CheckUpExport({ checkUpId, what = 'Export' }: { checkUpId: string; what?: string }) {
  const [opened, setOpened] = useState(false);
  const [format, setFormat] = useState<CheckUpFormat>('md');
  const [wantsOutside, setOutside] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [trouble, setTrouble] = useState('');
  const outside = wantsOutside && format !== 'signed';
  const close = () => {
    setOpened(false);
    setSaved(null);
    setTrouble('');
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTrouble('');
    try {
      const { path } = await api.window.exportCheckUp({ checkUpId, format, outside });
      setSaved(path);
      if (path !== null) announce(`Saved to ${path}.`);
    } catch (thrown) {
      setTrouble(errorText(thrown));
    }
  };
  return (
    <>
      <Button size="xs" variant="default" aria-haspopup="dialog" aria-label={what} onClick={() => setOpened(true)}>
        Export…
      </Button>
      <Modal opened={opened} onClose={close} title="Export the check-up" size="xl">
        {saved !== null ? (
          <>
            <p className={classes.saved}>Saved to</p>
            <p className={classes.path}>
              <code>{saved}</code> <CopyButton text={saved} what="the path" />
            </p>
            <Group justify="flex-end" mt="md">
              <Button autoFocus onClick={close}>
                Done
              </Button>
            </Group>
          </>
        ) : (
          <form onSubmit={(event) => void save(event)}>
            <Radio.Group label="Format" value={format} onChange={(value) => setFormat(value as CheckUpFormat)}>
              <SimpleGrid cols={2} spacing={6} mt={6}>
                {formats.map((each) => (
                  <Radio
                    key={each.format}
                    value={each.format}
                    label={each.label}
                    description={each.what}
                    size="sm"
                    data-autofocus={each.format === format || undefined}
                    className={classes.format ?? ''}
                  />
                ))}
              </SimpleGrid>
            </Radio.Group>
            <Checkbox
              mt="md"
              size="sm"
              label="Anonymise"
              description={
                format === 'signed'
                  ? 'Not for a signed record: it contains the check-up unchanged.'
                  : 'Replaces names of machines and people, and network addresses, each by the same placeholder throughout.'
              }
              checked={outside}
              disabled={format === 'signed'}
              onChange={(event) => setOutside(event.currentTarget.checked)}
            />
            {trouble !== '' && (
              <div className={classes.note}>
                <TroubleNote text={trouble} />
              </div>
            )}
            <Group justify="flex-end" gap="xs" mt="md">
              <Button variant="default" onClick={close}>
                Close
              </Button>
              <Button type="submit">Save…</Button>
            </Group>
          </form>
        )}
      </Modal>
    </>
  );
}
