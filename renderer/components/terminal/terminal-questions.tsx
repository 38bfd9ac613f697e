import { Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { copyText } from '../copy-text.ts';
import classes from './terminal-view.module.css';

export interface PendingPaste {
  text: string;
  resolve(allowed: boolean): void;
}

/** Several lines at once: a shell runs all but the last as they arrive. */
export function PasteQuestion({ paste, onClose }: { paste: PendingPaste | null; onClose: () => void }) {
  const answer = (allowed: boolean) => {
    paste?.resolve(allowed);
    onClose();
  };
  const lines = paste?.text.trimEnd().split(/\r\n|\r|\n/).length ?? 0;
  return (
    <Modal
      opened={paste !== null}
      onClose={() => answer(false)}
      title={`Paste ${lines === 1 ? 'a line with its end' : `${lines} lines`} into the terminal?`}
      size="lg"
    >
      <p style={{ marginTop: 0 }}>Each line is taken as soon as it arrives, before you can look at it.</p>
      <pre className={classes.pasted}>{paste?.text}</pre>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          Don't paste
        </Button>
        <Button onClick={() => answer(true)}>Paste</Button>
      </Group>
    </Modal>
  );
}

/** Links in terminal output come from whatever wrote it, so their real address is shown first. */
export function LinkQuestion({ url, onClose }: { url: string; onClose: () => void }) {
  const secure = url.startsWith('https://');
  const open = async () => {
    onClose();
    try {
      const { opened } = await api.window.openExternal({ url });
      if (!opened)
        notifications.show({
          title: 'This address is not on the list of places Wrenchbook opens',
          message: 'Copy it and look at it yourself.',
          color: 'orange',
        });
    } catch (thrown) {
      reportError(thrown);
    }
  };
  const copy = async () => {
    await copyText(url);
    onClose();
  };
  return (
    <Modal opened={url !== ''} onClose={onClose} title={secure ? 'Open this link in the browser?' : 'This link is not opened'} size="lg">
      <p style={{ marginTop: 0 }}>
        {secure
          ? 'It was printed in the terminal, so it is only as trustworthy as what printed it.'
          : 'Only https links are opened from here. You can copy it.'}
      </p>
      <pre className={classes.pasted}>{url}</pre>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => void copy()}>
          Copy the address
        </Button>
        {secure && <Button onClick={() => void open()}>Open</Button>}
      </Group>
    </Modal>
  );
}
