import { TextInput } from '@mantine/core';
import type { Offer } from '../../../shared/api/run.ts';
import classes from './offer-form.module.css';

interface ConfirmFieldProps {
  confirm: NonNullable<Offer['confirm']>;
  typed: string;
  /** It is what has to be typed. */
  right: boolean;
  onTyped(typed: string): void;
}

/** What has to be typed is printed neither here nor in the error: whoever copies it has not looked at the thing itself. */
export function ConfirmField({ confirm, typed, right, onTyped }: ConfirmFieldProps) {
  return (
    <TextInput
      className={classes.typed ?? ''}
      size="xs"
      label={confirm.ask}
      description={confirm.where}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      data-confirm
      value={typed}
      onChange={(event) => onTyped(event.currentTarget.value)}
      error={typed.trim().length >= confirm.type.length && !right ? 'That does not match. Compare it letter by letter.' : undefined}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
