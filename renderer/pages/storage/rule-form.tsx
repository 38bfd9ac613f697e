import { Button, Checkbox, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { fieldIssueWords } from '../../../shared/api/issue-words.ts';
import { type RetentionPlan, type RetentionRule, type RulePart, ruleInMegabytes, rulePart } from '../../../shared/api/storage.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
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
  const number = (value: string | number) => (typeof value === 'number' ? value : null);
  const issues = ruleIssues(now);
  const field = (part: RulePart) => ({ id: fieldId(part), error: issues.find((issue) => issue.part === part)?.message });
  const changed = JSON.stringify(now) !== JSON.stringify(rule);
  const any = now.archiveAfterDays !== null || now.deleteAfterDays !== null || now.keepBelowBytes !== null;
  return (
    <section className={page.panel} aria-labelledby="rule">
      <h2 id="rule">Rule for finished runs</h2>
      <p className={classes.note}>An unfinished run is never touched, however old it is; nor is one marked “keep”.</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (issues.length > 0) return void focusField(...issues.map(({ part }) => fieldId(part)));
          onSave(now);
        }}
      >
        <div className={classes.fields}>
          <NumberInput
            {...field('archiveAfterDays')}
            clampBehavior="none"
            label="Archive after days"
            description={freed('archiveAfterDays')}
            placeholder="never"
            allowDecimal={false}
            value={now.archiveAfterDays ?? ''}
            onChange={(value) => setNow({ ...now, archiveAfterDays: number(value) })}
          />
          <NumberInput
            {...field('deleteAfterDays')}
            clampBehavior="none"
            label="Delete after days"
            description={freed('deleteAfterDays')}
            placeholder="never"
            allowDecimal={false}
            value={now.deleteAfterDays ?? ''}
            onChange={(value) => setNow({ ...now, deleteAfterDays: number(value) })}
          />
          <NumberInput
            {...field('keepBelowBytes')}
            clampBehavior="none"
            label="Delete the oldest above MB"
            description={freed('keepBelowBytes')}
            placeholder="no limit"
            allowDecimal={false}
            value={now.keepBelowBytes === null ? '' : now.keepBelowBytes / megabyte}
            onChange={(value) => {
              const amount = number(value);
              setNow({ ...now, keepBelowBytes: amount === null ? null : amount * megabyte });
            }}
          />
        </div>
        <Checkbox
          mt="sm"
          size="sm"
          label="Apply it automatically whenever Wrenchbook starts"
          description="Without this, it is applied only when you review and confirm it."
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

const fieldId = (part: RulePart) => `rule-${part}`;
const labels: Record<RulePart, string> = {
  archiveAfterDays: 'The number of days',
  deleteAfterDays: 'The number of days',
  keepBelowBytes: 'The limit in MB',
};

function ruleIssues(rule: RetentionRule) {
  // In the unit of the field, not in bytes.
  const inField = { ...rule, keepBelowBytes: rule.keepBelowBytes === null ? null : rule.keepBelowBytes / megabyte };
  const { error } = ruleInMegabytes.safeParse(inField, {
    error: (issue) => fieldIssueWords(issue, { label: labels[rulePart.catch('archiveAfterDays').parse(issue.path?.[0])] }),
  });
  return (error?.issues ?? []).map(({ path, message }) => ({ part: rulePart.catch('archiveAfterDays').parse(path[0]), message }));
}
