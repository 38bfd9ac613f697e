/** Saves a transcript: which format, how far it is, and where it went. */
import { Button, Checkbox, Group, Modal, Progress, Radio, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import type { ExportFormat } from '../../../shared/api/transcript.ts';
import { sizeText } from '../../words/amounts.ts';
import { CopyButton } from '../copy-button.tsx';
import { TroubleNote } from '../trouble-note.tsx';
import classes from './export-dialog.module.css';
import { formats } from './export-formats.ts';
import { OutsidePreview } from './outside-preview.tsx';
import { type ExportState, useExport } from './use-export.ts';

export function ExportDialog({ runId, opened, onClose }: { runId: string; opened: boolean; onClose: () => void }) {
  const [format, setFormat] = useState<ExportFormat>('md');
  const [wantsOutside, setOutside] = useState(false);
  const signed = format === 'bundle'; // holds the run as it was
  const outside = wantsOutside && !signed;
  const { state, save, cancel, saveAgain, startOver } = useExport(runId);
  const saving = state.phase === 'saving';
  const close = () => {
    if (saving) return; // closing would hide whether something is still being written
    startOver();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title="Export the transcript" size="xl" withCloseButton={!saving}>
      {state.phase === 'saved' ? (
        <Saved path={state.path} onAgain={saveAgain} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save(format, outside);
          }}
        >
          <Radio.Group label="Format" value={format} onChange={(value) => setFormat(value as ExportFormat)}>
            <SimpleGrid cols={2} spacing={6} mt={6}>
              {formats.map((each) => (
                <Radio
                  key={each.format}
                  value={each.format}
                  label={each.label}
                  description={each.what}
                  size="sm"
                  disabled={saving}
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
              signed
                ? 'Not for a signed bundle: it contains the run unchanged.'
                : 'Replaces names of machines and people, and network addresses, each by the same placeholder throughout.'
            }
            checked={outside}
            disabled={saving || signed}
            onChange={(event) => setOutside(event.currentTarget.checked)}
          />
          {outside && <OutsidePreview runId={runId} />}
          {state.phase === 'choosing' && state.trouble && (
            <div className={classes.note}>
              {state.trouble.code === 'cancelled' ? (
                <p role="status">Cancelled. Nothing was written.</p>
              ) : (
                <TroubleNote text={`${state.trouble.message} ${state.trouble.next}`} />
              )}
            </div>
          )}
          {saving ? (
            <Saving state={state} onCancel={() => void cancel()} />
          ) : (
            <Group justify="flex-end" gap="xs" mt="md">
              <Button variant="default" onClick={close}>
                Close
              </Button>
              {/* What was pressed before is gone or was disabled meanwhile: the focus has to stay in the dialog. */}
              <Button type="submit" autoFocus={state.phase === 'choosing' && state.again}>
                Save…
              </Button>
            </Group>
          )}
        </form>
      )}
    </Modal>
  );
}

function Saving({ state, onCancel }: { state: Extract<ExportState, { phase: 'saving' }>; onCancel: () => void }) {
  const { progress, cancelling } = state;
  if (!progress) return <p className={classes.note}>Choose where to save it.</p>;
  const percent = progress.total === 0 ? 100 : Math.floor((progress.done / progress.total) * 100);
  return (
    <div className={classes.note}>
      <Progress value={percent} aria-label="Export" />
      <Group justify="space-between" gap="xs" mt="xs">
        <span className={classes.quiet}>
          {percent} %, {sizeText(progress.done)} of {sizeText(progress.total)} of the recording read
        </span>
        <Button variant="default" loading={cancelling} onClick={onCancel} data-autofocus>
          Cancel
        </Button>
      </Group>
    </div>
  );
}

function Saved({ path, onAgain, onClose }: { path: string; onAgain: () => void; onClose: () => void }) {
  return (
    <>
      <p className={classes.saved}>Saved to</p>
      <p className={classes.path}>
        <code>{path}</code> <CopyButton text={path} what="the path" />
      </p>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onAgain}>
          Export again
        </Button>
        {/* The button that was pressed is gone: the focus has to stay in the dialog. */}
        <Button autoFocus onClick={onClose}>
          Done
        </Button>
      </Group>
    </>
  );
}
