/** One field of a topic's form, by its control. The values mean nothing here: the backend judges them. */
import { Button, PasswordInput, Radio, Switch, Textarea, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { fieldNext } from '../../../shared/api/issue-words.ts';
import type { FormField, ParameterIssue } from '../../../shared/api/topic.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import { DeviceField } from './device-field.tsx';
import classes from './field-control.module.css';
import { SliderField } from './slider-field.tsx';

interface FieldControlProps {
  field: FormField;
  value: string | boolean;
  issue: ParameterIssue | undefined;
  onChange(value: string | boolean): void;
}

export function FieldControl({ field, value, issue, onChange }: FieldControlProps) {
  const told = { label: field.label, description: field.help, required: !field.optional, error: issue ? <IssueText issue={issue} /> : undefined };
  const id = `field-${field.name}`;
  const text = { id, value: String(value), onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value) };
  switch (field.control) {
    case 'text':
      return field.secret ? <PasswordInput {...told} {...text} autoComplete="off" /> : <TextInput {...told} {...text} autoComplete="off" spellCheck={false} />;
    case 'lines':
      return <Textarea {...told} {...text} className={classes.lines ?? ''} autosize minRows={3} maxRows={12} autoComplete="off" spellCheck={false} />;
    case 'file':
      return (
        <TextInput
          {...told}
          {...text}
          className={classes.path ?? ''}
          spellCheck={false}
          rightSectionWidth={96}
          rightSection={<BrowseButton label={field.label} onChosen={onChange} />}
        />
      );
    case 'choice':
      return (
        <Radio.Group {...told} value={String(value)} onChange={onChange}>
          <div className={field.choices.every(isShort) ? classes.inline : classes.choices}>
            {field.choices.map((choice, index) => (
              <Radio
                key={choice.value}
                id={index === 0 ? id : undefined}
                value={choice.value}
                label={choice.label}
                disabled={choice.disabledBecause !== undefined}
                description={choice.disabledBecause}
              />
            ))}
          </div>
        </Radio.Group>
      );
    case 'device':
      return <DeviceField field={field} value={String(value)} error={told.error} onChange={onChange} />;
    case 'slider':
      return field.slider && <SliderField field={{ ...field, slider: field.slider }} value={String(value)} error={told.error} onChange={onChange} />;
    case 'switch':
      return (
        <Switch
          id={id}
          label={field.label}
          description={field.help}
          error={told.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
  }
}

/** Short choices stand side by side. */
const isShort = (choice: FormField['choices'][number]) => choice.label.length <= 8 && choice.disabledBecause === undefined;

function BrowseButton({ label, onChosen }: { label: string; onChosen(path: string): void }) {
  const choose = () =>
    api.window
      .chooseFile({ title: label })
      .then(({ path }) => path && onChosen(path))
      .catch(reportError);
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconFolderOpen size={15} aria-hidden />}
      onClick={() => void choose()}
      aria-label={`Browse: ${label}`}
    >
      Browse
    </Button>
  );
}

const isPlain = (next: string) => next === fieldNext.missing || next === fieldNext.wrong;

function IssueText({ issue }: { issue: ParameterIssue }) {
  return (
    <>
      {issue.message} {!isPlain(issue.next) && <span className={classes.next}>{issue.next}</span>}
    </>
  );
}
