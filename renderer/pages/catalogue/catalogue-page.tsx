import { Button, CloseButton, Loader, Textarea } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyNote } from '../../components/empty/empty-note.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import type { Found } from '../../stores/symptom-search.ts';
import { useTopics } from '../../stores/topics.ts';
import { useFoundTopics } from '../../stores/use-found-topics.ts';
import page from '../page.module.css';
import classes from './catalogue.module.css';
import { FirstTip } from './first-tip.tsx';
import { TopicCard } from './topic-card.tsx';

export function CataloguePage() {
  const [text, setText] = useState('');
  const found = useFoundTopics(text);
  const trouble = useTopics((state) => state.trouble);
  return (
    <div className={page.page}>
      <PageHeading title="Catalogue" />
      <Textarea
        className={classes.asked ?? ''}
        aria-label="Paste a log line or say what is wrong"
        placeholder="Paste a log line or say what is wrong …"
        size="md"
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={text ? <CloseButton aria-label="Clear the search" onClick={() => setText('')} /> : null}
      />
      <FirstTip />
      {trouble && !found && <TroubleNote text={trouble} />}
      {!found && !trouble && <Loader size="sm" mt="lg" aria-label="Reading the catalogue" />}
      {found && <Results found={found} asked={text.trim() !== ''} onClear={() => setText('')} />}
    </div>
  );
}

function Results({ found, asked, onClear }: { found: Found[]; asked: boolean; onClear: () => void }) {
  if (found.length === 0)
    return (
      <div style={{ marginTop: 20 }}>
        <EmptyNote
          title={asked ? 'Nothing here speaks of that' : 'The catalogue is empty'}
          text={
            asked
              ? 'Try fewer words, the name of the tool or the device, or the exact line of the error: numbers and addresses in it do not matter.'
              : 'No procedure came with this build.'
          }
        >
          {asked && (
            <Button variant="default" size="xs" onClick={onClear}>
              Show the whole catalogue
            </Button>
          )}
        </EmptyNote>
      </div>
    );
  const categories = [...new Set(found.map(({ topic }) => topic.category))];
  return categories.map((category) => (
    <section key={category} aria-label={category}>
      <h2 className={classes.category}>{category}</h2>
      <ul className={classes.grid}>
        {found
          .filter(({ topic }) => topic.category === category)
          .map((one) => (
            <li key={one.topic.id}>
              <TopicCard found={one} />
            </li>
          ))}
      </ul>
    </section>
  ));
}
