import { CloseButton } from '@mantine/core';
import { IconFlask2 } from '@tabler/icons-react';
import { putTipAway, useFirstTip } from '../../stores/first-tip.ts';
import classes from './catalogue.module.css';

export function FirstTip() {
  const shown = useFirstTip((state) => state.shown);
  if (!shown) return null;
  return (
    <aside className={classes.tip} aria-label="Tip">
      <IconFlask2 size={20} color="var(--wb-rehearsal)" aria-hidden />
      <p>
        New here? Open a procedure and <strong>rehearse it in the lab</strong>: the same steps on simulated tools, with failures to practise. Nothing real is
        touched, and nothing ever runs that was not shown first.
      </p>
      <CloseButton aria-label="Put the tip away" onClick={putTipAway} />
    </aside>
  );
}
