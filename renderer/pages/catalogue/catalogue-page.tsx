import { Loader } from '@mantine/core';
import { useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isFirstPage, PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { isFiltered, passes } from '../../stores/catalogue-filters.ts';
import { useCatalogueView } from '../../stores/catalogue-view.ts';
import { useTopics } from '../../stores/topics.ts';
import { useFoundTopics } from '../../stores/use-found-topics.ts';
import page from '../page.module.css';
import classes from './catalogue.module.css';
import { CatalogueSearch } from './catalogue-search.tsx';
import { CatalogueSide } from './catalogue-side.tsx';
import { Introduction } from './introduction.tsx';
import { LastUsed } from './last-used.tsx';
import { Results } from './results.tsx';
import { useFitting } from './use-fitting.ts';

export function CataloguePage() {
  const { text, filters } = useCatalogueView();
  const topics = useTopics((state) => state.list);
  const trouble = useTopics((state) => state.trouble);
  // Drawn in pieces: cards by the dozen must not hold up what is typed, nor the first click.
  const results = useDeferredValue(useFoundTopics(text));
  const fitting = useFitting();
  const asked = text.trim() !== '';
  const passing = results?.found.filter(({ topic }) => passes(topic, filters, fitting)) ?? [];
  const shown = passing.filter(({ topic }) => !filters.category || topic.category === filters.category);
  const scrolled = useKeptScroll([text, filters]);
  return (
    <div className={page.page} ref={scrolled}>
      <PageHeading title="Catalogue" />
      <Introduction />
      <CatalogueSearch />
      {trouble && !results && <TroubleNote text={trouble} />}
      {!results && !trouble && <Loader size="sm" mt="lg" aria-label="Reading the catalogue" />}
      {results && topics && (
        <>
          {!asked && !isFiltered(filters) && <LastUsed topics={topics} />}
          <div className={classes.body}>
            <CatalogueSide topics={topics} left={passing.map(({ topic }) => topic)} filters={filters} />
            <Results shown={shown} results={results} all={topics.length} asked={asked} fitting={filters.fits ? fitting : null} />
          </div>
        </>
      )}
    </div>
  );
}

/** The page is where it was left when it opens again. Whatever else changes what is shown, it is shown from its beginning. */
function useKeptScroll(shows: readonly [string, object]) {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(shows);
  // Nobody has scrolled then, and to say so would make the browser lay out what is about to change.
  const [first] = useState(isFirstPage);
  // Before the page is gone: what comes in its place may be shorter, and scrolls this one's frame.
  useLayoutEffect(() => {
    const frame = content.current?.parentElement;
    const note = () => frame && useCatalogueView.setState({ scrolled: frame.scrollTop });
    frame?.addEventListener('scroll', note, { passive: true });
    return () => frame?.removeEventListener('scroll', note);
  }, []);
  // After the heading took the keyboard's place, which scrolls to it.
  useEffect(() => {
    const frame = content.current?.parentElement;
    if (frame && !first) frame.scrollTop = useCatalogueView.getState().scrolled;
  }, [first]);
  useEffect(() => {
    const frame = content.current?.parentElement;
    if (frame && (before.current[0] !== shows[0] || before.current[1] !== shows[1])) frame.scrollTop = 0;
    before.current = shows;
  }, [shows]);
  return content;
}
