import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import type { Fitting } from '../../stores/catalogue-filters.ts';
import { noFilters } from '../../stores/catalogue-filters.ts';
import { filterCatalogue, searchCatalogue, showWholeCatalogue } from '../../stores/catalogue-view.ts';
import type { Found, FoundTopics } from '../../stores/found-topics.ts';
import { useTargets } from '../../stores/targets.ts';
import classes from './catalogue.module.css';
import { TopicCard } from './topic-card.tsx';

interface ResultsProps {
  /** What is left of the results after the filters. */
  shown: readonly Found[];
  results: FoundTopics;
  /** Topics in the catalogue. */
  all: number;
  asked: boolean;
  /** To say which machines each one fits; null where that was not asked. */
  fitting: Fitting | null;
}

/** One list, the best match first. */
export function Results({ shown, results, all, asked, fitting }: ResultsProps) {
  const targets = useTargets((state) => state.targets);
  const fits = (topicId: string) => (targets ?? []).filter(({ id }) => fitting?.get(topicId)?.includes(id)).map(({ name }) => name);
  return (
    <section className={classes.results} aria-label="Procedures">
      <p className={classes.status} role="status">
        {shown.length === all ? `${all} procedures` : `${shown.length} of ${all} procedures`}
        {asked && shown.length > 1 && ', best match first'}
      </p>
      {shown.length === 0 && <None results={results} all={all} asked={asked} />}
      <Cards found={shown} label="Procedures" fits={fits} />
      {results.closest.length > 0 && (
        <>
          <h2 className={classes.closest}>Closest</h2>
          <Cards found={results.closest} label="Closest" fits={fits} />
        </>
      )}
    </section>
  );
}

function Cards({ found, label, fits }: { found: readonly Found[]; label: string; fits(topicId: string): string[] }) {
  const first = useFirst();
  return (
    <ul className={classes.grid} data-first={first || undefined} aria-label={label}>
      {found.map((one) => (
        <li key={one.topic.id}>
          <TopicCard found={one} fits={fits(one.topic.id)} />
        </li>
      ))}
    </ul>
  );
}

const pauseMs = 1000;
let shownBefore = false;

/** True when the window has just opened: what is outside it is laid out a moment later, so that it can be used sooner. */
function useFirst(): boolean {
  const [first, setFirst] = useState(!shownBefore);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      shownBefore = true;
      setFirst(false);
    }, pauseMs);
    return () => window.clearTimeout(timer);
  }, []);
  return first;
}

function None({ results, all, asked }: { results: FoundTopics; all: number; asked: boolean }) {
  if (all === 0) return <EmptyNote title="The catalogue is empty" text="This build contains no procedures." />;
  if (asked && results.found.length === 0)
    return (
      <EmptyNote
        title="No matching procedure"
        text="Try fewer words, the name of the tool or the device, or the exact line of the error. Numbers and addresses in it do not matter."
      >
        <Button variant="default" size="xs" onClick={showWholeCatalogue}>
          Show the whole catalogue
        </Button>
      </EmptyNote>
    );
  return (
    <EmptyNote
      title="No match with these filters"
      text={asked ? `${results.found.length} match the search, but not the filters.` : 'No procedure has all of these.'}
    >
      <Button variant="default" size="xs" onClick={() => filterCatalogue(noFilters)}>
        Remove the filters
      </Button>{' '}
      {asked && (
        <Button variant="default" size="xs" onClick={() => searchCatalogue('')}>
          Clear the search
        </Button>
      )}
    </EmptyNote>
  );
}
