import { Button, Textarea } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataIssue } from '../../../shared/api/calculation.ts';
import type { CalculatorDetail } from '../../../shared/api/topic.ts';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import classes from './calculator.module.css';

export interface BroughtData {
  /** The file, or that it was pasted. */
  from: string;
  text: string;
}
interface DataPanelProps {
  about: NonNullable<CalculatorDetail['data']>;
  data: BroughtData | null;
  issues: readonly DataIssue[];
  onChange(data: BroughtData | null): void;
}

/** Data from a file or pasted; what can't be read of it is said by the number of its line. */
export function DataPanel({ about, data, issues, onChange }: DataPanelProps) {
  const [pasted, setPasted] = useState('');
  const choose = async () => {
    try {
      const file = await api.window.openText({ title: about.label });
      if (!file) return;
      setPasted('');
      onChange({ from: file.path, text: file.text });
    } catch (thrown) {
      reportError(thrown);
    }
  };
  const paste = (text: string) => {
    setPasted(text);
    onChange(text.trim() === '' ? null : { from: 'What was pasted', text });
  };
  return (
    <section className={page.panel} aria-labelledby="data">
      <h2 id="data">{about.label}</h2>
      <p className={classes.help}>{about.help}</p>
      <Button variant="default" size="xs" leftSection={<IconFolderOpen size={15} aria-hidden />} onClick={() => void choose()}>
        Choose a file
      </Button>
      <Textarea
        className={classes.paste ?? ''}
        mt="sm"
        label="Or paste them here"
        placeholder={about.example.trimEnd()}
        autosize
        minRows={4}
        maxRows={8}
        spellCheck={false}
        value={pasted}
        onChange={(event) => paste(event.currentTarget.value)}
      />
      {data && (
        <div className={classes.brought}>
          <span>
            {data.from}: {issues.length > 0 ? 'not used, as it can’t be read.' : 'used.'}
          </span>
          <Button variant="subtle" size="compact-sm" onClick={() => paste('')}>
            Without it
          </Button>
        </div>
      )}
      {data && issues.length > 0 && (
        <ul className={classes.issues} role="alert" aria-label="Lines that can’t be read">
          {issues.map(({ line, message }) => (
            <li key={`${line} ${message}`}>{line > 0 ? `Line ${line}: ${message}` : message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
