/** Turns what a call rejected with into words with a next step, and shows them where no form can. */
import { notifications } from '@mantine/notifications';
import type { WireError } from '../../shared/api/error.ts';
import { readError } from '../../shared/wire/bridge-error.ts';

/** One paragraph: what happened, and what to do next. */
export function errorText(thrown: unknown): string {
  const { message, next } = readError(thrown);
  return `${message} ${next}`;
}

export function reportError(thrown: unknown): WireError {
  const error = readError(thrown);
  showError(error);
  return error;
}

/** `id`: while one of the same id is shown, there is no second. */
export function showError({ message, next }: WireError, id?: string): void {
  notifications.show({ ...(id === undefined ? {} : { id }), title: message, message: next, color: 'red', autoClose: 12_000, withBorder: true });
}
