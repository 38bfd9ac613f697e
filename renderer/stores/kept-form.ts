/**
 * What was typed into the form of a page, for as long as this window is open: it survives Back and a reload. Never on disk for
 * longer, and never anything secret.
 */
import type { FormField } from '../../shared/api/topic.ts';

type Values = Record<string, string | boolean>;

const keyOf = (route: string) => `wrenchbook.form ${route}`;
/** Enough for every form, and far below what the storage takes. In characters. */
const longest = 200_000;

/** Of the fields that are there now; nothing where nothing was kept. */
export function keptValues(route: string, fields: readonly Pick<FormField, 'name' | 'secret' | 'control'>[]): Values {
  const kept = read(route);
  return Object.fromEntries(
    fields.flatMap(({ name, secret, control }) => {
      const value = kept[name];
      const fits = control === 'switch' ? typeof value === 'boolean' : typeof value === 'string';
      return !secret && fits ? [[name, value as string | boolean]] : [];
    }),
  );
}

/** Keeps what differs from what the form begins with, so that a changed default still counts. */
export function keepValues(route: string, fields: readonly Pick<FormField, 'name' | 'secret'>[], values: Values, initial: Values): void {
  const typed = fields.flatMap(({ name, secret }) => (!secret && values[name] !== undefined && values[name] !== initial[name] ? [[name, values[name]]] : []));
  const text = JSON.stringify(Object.fromEntries(typed));
  try {
    if (typed.length === 0 || text.length > longest) window.sessionStorage.removeItem(keyOf(route));
    else window.sessionStorage.setItem(keyOf(route), text);
  } catch {
    // Full or denied: the form is as it was without this.
  }
}

function read(route: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(route)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
