/** Keys of the whole window: Ctrl+Enter presses the page's main button, ? lists the keys. */
import { Kbd, Modal } from '@mantine/core';
import { useOs, useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';
import { shortcuts } from '../../words/shortcuts.ts';
import { isTyping } from '../is-typing.ts';
import classes from './shell.module.css';

export function WindowKeys() {
  const [open, setOpen] = useState(false);
  const mac = useOs() === 'macos';
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
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title="Keys" size="lg">
      <dl className={classes.keys}>
        {shortcuts.map(({ keys, does, onMac = keys }) => (
          <div key={does}>
            <dt>
              <Kbd>{(mac ? onMac : keys).join('+')}</Kbd>
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
