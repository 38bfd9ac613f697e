import { Button, Checkbox, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { RetentionPlan, RetentionRule, RulePart } from '../../../shared/api/storage.ts';
import { runsText, sizeText } from '../../words/amounts.ts';
import page from '../page.module.css';
import classes from './storage.module.css';

interface RuleFormProps {
  rule: RetentionRule;
  /** What the saved rule would do now. */
  plan: RetentionPlan | null;
  busy: boolean;
  onSave(rule: RetentionRule): void;
}
const megabyte = 1_000_000;

/** Each part is off while its field is empty. */
export function RuleForm({ rule, plan, busy, onSave }: RuleFormProps) {
  const [now, setNow] = useState(rule);
  const freed = (part: RulePart) => {
    const found = plan?.parts.find((each) => each.part === part);
    if (!found || rule[part] === null) return 'Off.';
    return found.runs === 0 ? 'Now: nothing.' : `Now: ${runsText(found.runs)}, frees about ${sizeText(found.frees)}.`;
  };
  const number = (value: string | number) => (typeof value === 'number' && value > 0 ? Math.round(value) : null);
  const changed = JSON.stringify(now) !== JSON.stringify(rule);
  const any = now.archiveAfterDays !== null || now.deleteAfterDays !== null || now.keepBelowBytes !== null;
  return (
    <section className={page.panel} aria-labelledby="rule">
      <h2 id="rule">Rule for finished runs</h2>
      <p className={classes.note}>A run that can still go on is never touched, however old it is; nor is one that is marked “keep”.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSave(now);
        }}
      >
        <div className={classes.fields}>
          <NumberInput
            label="Archive after days"
            description={freed('archiveAfterDays')}
            placeholder="never"
            min={1}
            max={36_500}
            allowDecimal={false}
            value={now.archiveAfterDays ?? ''}
            onChange={(value) => setNow({ ...now, archiveAfterDays: number(value) })}
          />
          <NumberInput
            label="Delete after days"
            description={freed('deleteAfterDays')}
            placeholder="never"
            min={1}
            max={36_500}
            allowDecimal={false}
            value={now.deleteAfterDays ?? ''}
            onChange={(value) => setNow({ ...now, deleteAfterDays: number(value) })}
          />
          <NumberInput
            label="Delete the oldest above MB"
            description={freed('keepBelowBytes')}
            placeholder="no limit"
            min={1}
            allowDecimal={false}
            value={now.keepBelowBytes === null ? '' : Math.round(now.keepBelowBytes / megabyte)}
            onChange={(value) => {
              const amount = number(value);
              setNow({ ...now, keepBelowBytes: amount === null ? null : amount * megabyte });
            }}
          />
        </div>
        <Checkbox
          mt="sm"
          size="sm"
          label="Apply it by itself whenever Wrenchbook starts"
          description="Without this, it is applied only when you look at it and agree."
          disabled={!any}
          checked={any && now.atStart}
          onChange={(event) => setNow({ ...now, atStart: event.currentTarget.checked })}
        />
        <Group mt="sm">
          <Button type="submit" size="xs" variant="default" disabled={!changed || busy}>
            Save the rule
          </Button>
        </Group>
      </form>
    </section>
  );
}
