/** Keys of the whole window: Ctrl+Enter presses the page's main button, ? lists the keys. */
import { Kbd, Modal } from '@mantine/core';
import { useOs, useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';
import { isTyping } from '../is-typing.ts';
import classes from './shell.module.css';

export function WindowKeys() {
  const [open, setOpen] = useState(false);
  const ctrl = useOs() === 'macos' ? '⌘' : 'Ctrl';
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || event.repeat || document.querySelector('[aria-modal="true"]')) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      const main = mainButton();
      if (!main) return;
      event.preventDefault();
      main.click();
    } else if (event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(document.activeElement)) {
      event.preventDefault();
      setOpen(true);
    }
  });
  const keys = [
    [`${ctrl}+Enter`, 'The main button of the page: check, run, write, answer as recommended'],
    ['F6', 'Into the terminal of a run, and out of it'],
    [`${ctrl}+K`, 'Search everything, or paste an error'],
    ['Ctrl+Shift+F', 'Find in the terminal'],
    ['Ctrl+Shift+C, Ctrl+Shift+V', 'Copy and paste in the terminal'],
    ['Tab, Shift+Tab', 'To the next control, and back'],
    ['Escape', 'Close a dialog or a list'],
    ['?', 'This list'],
  ] as const;
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keys" size="lg">
      <dl className={classes.keys}>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

/** A question's recommended answer stands above the bar of the step, and comes first. */
const mainButton = () =>
  [...document.querySelectorAll<HTMLButtonElement>('[data-main-action]')].find((button) => !button.disabled && button.offsetParent !== null);
