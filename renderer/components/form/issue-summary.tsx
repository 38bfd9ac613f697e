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

/** False where there is no such field to go to. */
export function focusField(fieldId: string): boolean {
  const found = document.getElementById(fieldId);
  found?.focus();
  found?.scrollIntoView({ block: 'nearest' });
  return found !== null;
}
