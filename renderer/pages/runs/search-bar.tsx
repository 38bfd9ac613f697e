import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { dayEdge, isNarrowed, lookFor, noQuery, useRunSearch } from '../../stores/run-search.ts';
import { runStatusWords } from '../../words/status.ts';
import classes from './runs.module.css';

const all = '';

export function SearchBar() {
  const { query, filters } = useRunSearch();
  // On a narrow window the filters stand behind a button, so that the runs come first.
  const [open, setOpen] = useState(false);
  const { text: _text, page: _page, ...narrowing } = query;
  const chosen = Object.values(narrowing).filter(Boolean).length;
  return (
    <search className={classes.search} data-open={open || undefined}>
      <TextInput
        className={classes.words ?? ''}
        label="Search"
        placeholder="A word, an address, “a phrase” from a screen, a command, a note"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query.text}
        maxLength={1000}
        onChange={(event) => lookFor({ text: event.currentTarget.value })}
      />
      <Button
        className={classes.fold ?? ''}
        variant="default"
        leftSection={<IconFilter size={15} aria-hidden />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {chosen > 0 ? `Filters (${chosen})` : 'Filters'}
      </Button>
      <NativeSelect
        label="Procedure"
        value={query.topicId ?? all}
        data={[{ value: all, label: 'All' }, ...filters.topics.map(({ topicId, title }) => ({ value: topicId, label: title }))]}
        onChange={(event) => lookFor({ topicId: event.currentTarget.value || null })}
      />
      <NativeSelect
        label="Target"
        value={query.host ?? all}
        data={[{ value: all, label: 'All' }, ...filters.hosts]}
        onChange={(event) => lookFor({ host: event.currentTarget.value || null })}
      />
      <NativeSelect
        label="Outcome"
        value={query.outcome ?? all}
        data={[{ value: all, label: 'All' }, ...filters.outcomes.map((outcome) => ({ value: outcome, label: runStatusWords(outcome).label }))]}
        onChange={(event) => lookFor({ outcome: filters.outcomes.find((outcome) => outcome === event.currentTarget.value) ?? null })}
      />
      <Day label="From" value={query.from} onChange={(from) => lookFor({ from })} />
      <Day label="To" value={query.to} onChange={(to) => lookFor({ to })} />
      <Button variant="default" disabled={!isNarrowed(query)} onClick={() => lookFor(noQuery)}>
        Clear
      </Button>
    </search>
  );
}

/** Written as the list writes days. What is not a day yet narrows nothing. */
function Day({ label, value, onChange }: { label: string; value: string; onChange(day: string): void }) {
  const wrong = value.trim() !== '' && dayEdge(value.trim(), 'first') === undefined;
  return (
    <TextInput
      className={classes.day ?? ''}
      label={label}
      placeholder="2026-01-31"
      maxLength={10}
      autoComplete="off"
      spellCheck={false}
      value={value}
      error={wrong ? 'A day such as 2026-01-31' : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
