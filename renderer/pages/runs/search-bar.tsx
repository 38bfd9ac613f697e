import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { isNarrowed, lookFor, noQuery, useRunSearch } from '../../stores/run-search.ts';
import { runStatusWords } from '../../words/status.ts';
import classes from './runs.module.css';

const all = '';

export function SearchBar() {
  const { query, filters } = useRunSearch();
  return (
    <search className={classes.search}>
      <TextInput
        className={classes.words ?? ''}
        label="Search"
        placeholder="A word, an address, “a phrase” from a screen, a command, a note"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query.text}
        maxLength={1000}
        onChange={(event) => lookFor({ text: event.currentTarget.value })}
      />
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
      <TextInput type="date" label="From" value={query.from} max={query.to || undefined} onChange={(event) => lookFor({ from: event.currentTarget.value })} />
      <TextInput type="date" label="To" value={query.to} min={query.from || undefined} onChange={(event) => lookFor({ to: event.currentTarget.value })} />
      <Button variant="default" disabled={!isNarrowed(query)} onClick={() => lookFor(noQuery)}>
        Clear
      </Button>
    </search>
  );
}
