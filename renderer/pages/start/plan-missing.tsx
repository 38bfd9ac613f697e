import { Anchor, Loader } from '@mantine/core';
import type { ProcedureDetail } from '../../../shared/api/topic.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
import page from '../page.module.css';
import classes from './start.module.css';
import type { PlanCheck } from './use-plan-check.ts';

interface PlanMissingProps {
  check: PlanCheck | null;
  checking: boolean;
  /** It was said where it happens. */
  chosen: boolean;
  topic: ProcedureDetail;
}

/** In the plan's place while the form is not complete: what is still wanted. */
export function PlanMissing({ check, checking, chosen, topic }: PlanMissingProps) {
  return (
    <section className={page.panel} aria-label="The plan">
      <h2>The plan</h2>
      {!chosen && <p style={{ marginTop: 0 }}>Every step with its exact commands appears here once you have chosen where to run it.</p>}
      {checking && !check && <Loader size="sm" role="status" aria-label="Making the plan" />}
      {check && check.issues.length > 0 && (
        <>
          <p style={{ marginTop: 0 }}>Every step with its exact commands appears here once the form is complete. Still missing:</p>
          <ul className={classes.missing}>
            {check.issues.map((issue) => {
              const label = topic.fields.find((field) => field.name === issue.field)?.label;
              return (
                <li key={`${issue.field} ${issue.message}`}>
                  {label === undefined ? (
                    issue.message
                  ) : (
                    <Anchor
                      className={classes.link ?? ''}
                      component="button"
                      type="button"
                      inherit
                      ta="left"
                      underline="always"
                      onClick={() => focusField(`field-${issue.field}`)}
                    >
                      {issue.message.startsWith(`${label} `) ? issue.message : `${label}: ${issue.message}`}
                    </Anchor>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
