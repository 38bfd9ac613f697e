import { CloseButton, Textarea } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { searchCatalogue, useCatalogueView } from '../../stores/catalogue-view.ts';
import classes from './catalogue.module.css';

export function CatalogueSearch() {
  const text = useCatalogueView((state) => state.text);
  return (
    <Textarea
      className={classes.asked ?? ''}
      aria-label="Paste a log line or say what is wrong"
      placeholder="Paste a log line or say what is wrong …"
      size="md"
      rows={1}
      classNames={{ input: classes.askedText ?? '' }}
      value={text}
      onChange={(event) => searchCatalogue(event.currentTarget.value)}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={text ? <CloseButton aria-label="Clear the search" onClick={() => searchCatalogue('')} /> : null}
    />
  );
}
