/** What is wrong with a form, field by field, each as a link to its field. */
import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './issue-summary.module.css';

export interface LinkedIssue {
  /** Of the element that takes the focus; empty where no field is at fault. */
  fieldId: string;
  label: string;
  message: string;
}

export function IssueSummary({ issues }: { issues: readonly LinkedIssue[] }) {
  if (issues.length === 0) return null;
  return (
    <div className={classes.summary} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <div className={classes.title}>{issues.length === 1 ? 'One thing has to be corrected:' : `${issues.length} things have to be corrected:`}</div>
        <ul>
          {issues.map(({ fieldId, label, message }) => (
            <li key={`${fieldId} ${message}`}>
              {fieldId === '' ? (
                message
              ) : (
                <Anchor component="button" type="button" inherit className={classes.link ?? ''} onClick={() => focusField(fieldId)}>
                  {message.startsWith(`${label} `) ? message : `${label}: ${message}`}
                </Anchor>
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** To the first of them on the page. False where there is none to go to. */
export function focusField(...fieldIds: readonly string[]): boolean {
  const ids = fieldIds.filter((id) => id !== '');
  const found = ids.length === 0 ? null : document.querySelector<HTMLElement>(ids.map((id) => `#${CSS.escape(id)}`).join(','));
  found?.focus();
  found?.scrollIntoView({ block: 'nearest' });
  return found !== null;
}
