import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { announce } from '../stores/announce.ts';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  text: string;
  /** What is copied, for the button's name: "Copy the command". */
  what: string;
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    announce(done ? `Copied ${what}.` : 'The clipboard refused the text: select it and copy it by keyboard.');
    if (done) setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      onClick={() => void copy()}
      aria-label={`Copy ${what}`}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
