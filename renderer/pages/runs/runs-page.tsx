import { Button, Group, Loader } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useEffect } from 'react';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { go, routeHash } from '../../stores/route.ts';
import { isNarrowed, lookAgain, lookFor, noQuery, useRunSearch } from '../../stores/run-search.ts';
import page from '../page.module.css';
import { CompareBar } from './compare-bar.tsx';
import { FoundCount } from './found-count.tsx';
import { ImportRun } from './import-run.tsx';
import { RunPages } from './run-pages.tsx';
import { RunTable } from './run-table.tsx';
import { SearchBar } from './search-bar.tsx';

/** The history: every run there was, found by what was done and what the screens showed. */
export function RunsPage() {
  const { result, trouble, query } = useRunSearch();
  useEffect(() => lookAgain(0), []);
  const none = result && result.hits.length === 0 && result.indexed === result.of;
  return (
    <div className={page.page}>
      <Group justify="space-between" gap="xs">
        <PageHeading title="Runs" />
        <Group gap="xs">
          <ImportRun />
          <Button component="a" size="xs" variant="default" leftSection={<IconDatabase size={15} aria-hidden />} href={routeHash({ page: 'storage' })}>
            Storage
          </Button>
        </Group>
      </Group>
      <p className={page.lead}>Unfinished runs stay where you left them, even if either machine restarts. Every run keeps its transcript.</p>
      {trouble && <TroubleNote text={trouble} />}
      {!result && !trouble && <Loader size="sm" mt="md" aria-label="Reading the runs" />}
      {result && (result.of > 0 || isNarrowed(query)) && (
        <>
          <SearchBar />
          <FoundCount />
          <CompareBar />
          {result.hits.length > 0 && <RunTable hits={result.hits} />}
          <RunPages />
        </>
      )}
      {none && <div style={{ marginTop: 18 }}>{result.of === 0 ? <NoRunsYet /> : <NothingFound />}</div>}
    </div>
  );
}

function NoRunsYet() {
  return (
    <EmptyNote title="No runs yet" text="A rehearsal in the lab is a good first run: same steps, simulated tools, nothing real is touched.">
      <Button size="xs" onClick={() => go({ page: 'catalogue' })}>
        Choose a procedure to rehearse
      </Button>
    </EmptyNote>
  );
}

function NothingFound() {
  return (
    <EmptyNote
      title="No matching run"
      text="All words must occur in the run: in a step, a command, a note, a verdict, or on a screen. The last word may be unfinished; put “quotes” around words that follow each other."
    >
      <Button size="xs" variant="default" onClick={() => lookFor(noQuery)}>
        Show all runs
      </Button>
    </EmptyNote>
  );
}
