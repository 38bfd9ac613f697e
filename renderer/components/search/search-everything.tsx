/** Search over everything, opened by ⌘K or Ctrl+K: topics by word, by symptom, by a pasted log. */
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconBook2, IconHistory, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { go } from '../../stores/route.ts';
import { useFoundTopics } from '../../stores/use-found-topics.ts';
import classes from './search.module.css';

const [store, search] = createSpotlight();

export const openSearch = () => search.open();

const places = [
  { label: 'Runs', description: 'Open and finished runs, their transcripts', Icon: IconHistory, open: () => go({ page: 'runs' }) },
  { label: 'Catalogue', description: 'All procedures', Icon: IconBook2, open: () => go({ page: 'catalogue' }) },
];

/** The dialog's own focus comes a moment later, and what is typed in that moment would be lost. */
const focusAtOnce = (input: HTMLInputElement | null) => input?.focus();

/** What scrolls has to be reachable. The list is a scroll area, which its types keep to themselves. */
const reachable = { viewportProps: { tabIndex: 0, role: 'group', 'aria-label': 'What was found' } };

export function SearchEverything() {
  const [query, setQuery] = useState('');
  const found = useFoundTopics(query) ?? [];
  const asked = query.trim().toLowerCase();
  const foundPlaces = places.filter((place) => place.label.toLowerCase().includes(asked));
  /** Enter without choosing takes what is on top. */
  const openFirst = () => {
    const first = found[0];
    if (first) go({ page: 'topic', topicId: first.topic.id });
    else foundPlaces[0]?.open();
    if (first || foundPlaces[0]) search.close();
  };
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      title="Search"
      classNames={{ header: classes.title ?? '' }}
    >
      <Spotlight.Search
        ref={focusAtOnce}
        placeholder="Say what is wrong, or paste a log line"
        aria-label="Search"
        leftSection={<IconSearch size={18} stroke={1.6} />}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !document.querySelector('[data-action][data-selected]')) openFirst();
        }}
      />
      <Spotlight.ActionsList {...reachable}>
        {found.map(({ topic, because }) => (
          <Spotlight.Action
            key={topic.id}
            label={topic.title}
            description={because ? `Recognised: ${because}` : topic.summary}
            leftSection={<IconBook2 size={18} stroke={1.6} aria-hidden />}
            onClick={() => go({ page: 'topic', topicId: topic.id })}
          />
        ))}
        {foundPlaces.map(({ label, description, Icon, open }) => (
          <Spotlight.Action key={label} label={label} description={description} leftSection={<Icon size={18} stroke={1.6} aria-hidden />} onClick={open} />
        ))}
        {found.length + foundPlaces.length === 0 && (
          <Spotlight.Empty>Nothing speaks of that. Try the tool's name, or the exact line of the error.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
