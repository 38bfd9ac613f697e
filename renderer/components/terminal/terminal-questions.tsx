import { Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { copyText } from '../copy-text.ts';
import type { PastedText } from './pasted-text.ts';
import classes from './terminal-view.module.css';

export interface PendingPaste extends PastedText {
  resolve(allowed: boolean): void;
}

/** Several lines at once, which a shell runs as they arrive, or text that had control characters in it. */
export function PasteQuestion({ paste, onClose }: { paste: PendingPaste | null; onClose: () => void }) {
  const answer = (allowed: boolean) => {
    paste?.resolve(allowed);
    onClose();
  };
  const { text = '', lines = 0, removed = 0 } = paste ?? {};
  return (
    <Modal opened={paste !== null} onClose={() => answer(false)} title={`Paste ${titleOf(text, lines)} into the terminal?`} size="lg">
      {text.includes('\n') && <p style={{ marginTop: 0 }}>Each line is run as soon as it arrives, before you can check it.</p>}
      {removed > 0 && (
        <p style={{ marginTop: 0 }}>
          {removed === 1 ? 'A control character was' : `${removed} control characters were`} removed: a program would read them as keys, and they are invisible
          where the text was copied. This is what is pasted:
        </p>
      )}
      <pre className={classes.pasted}>{text}</pre>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          Don't paste
        </Button>
        <Button onClick={() => answer(true)}>Paste</Button>
      </Group>
    </Modal>
  );
}

const titleOf = (text: string, lines: number) => (lines > 1 ? `${lines} lines` : text.includes('\n') ? 'a line with its line end' : 'this text');

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
          message: 'Copy it and check it yourself.',
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
