import { Checkbox, NativeSelect, UnstyledButton } from '@mantine/core';
import type { SystemKind, TopicSummary } from '../../../shared/api/topic.ts';
import { type CatalogueFilters, categoryCounts } from '../../stores/catalogue-filters.ts';
import { filterCatalogue } from '../../stores/catalogue-view.ts';
import { routeHash } from '../../stores/route.ts';
import { useTargets } from '../../stores/targets.ts';
import { dangerWords } from '../../words/danger.ts';
import classes from './catalogue.module.css';

const systems: readonly { value: SystemKind; label: string }[] = [
  { value: 'linux', label: 'Linux' },
  { value: 'macos', label: 'macOS and OS X' },
  { value: 'windows', label: 'Windows' },
  { value: 'freebsd', label: 'FreeBSD' },
  { value: 'firmware', label: 'Firmware' },
  { value: 'console', label: 'On a console' },
];
const dangers = (['reads', 'changes', 'destructive', 'irreversible'] as const).map((level) => ({ value: level, label: dangerWords(level).label }));

interface CatalogueSideProps {
  topics: readonly TopicSummary[];
  /** What search and filters leave, in all categories. */
  left: readonly TopicSummary[];
  filters: CatalogueFilters;
}

/** The categories with how many there are, and the filters. */
export function CatalogueSide({ topics, left, filters }: CatalogueSideProps) {
  return (
    <aside className={classes.side} aria-label="Categories and filters">
      <h2 className={classes.sideHead}>Categories</h2>
      <ul className={classes.categories}>
        <Category name="All" count={left.length} chosen={filters.category === ''} onChoose={() => filterCatalogue({ category: '' })} />
        {categoryCounts(topics, left).map(({ category, count }) => (
          <Category
            key={category}
            name={category}
            count={count}
            chosen={filters.category === category}
            onChoose={() => filterCatalogue({ category: filters.category === category ? '' : category })}
          />
        ))}
      </ul>
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          label="System"
          value={filters.system}
          onChange={(event) => filterCatalogue({ system: event.currentTarget.value as CatalogueFilters['system'] })}
          data={[{ value: '', label: 'Any system' }, ...systems.filter(({ value }) => topics.some((topic) => topic.systems.includes(value)))]}
        />
        <NativeSelect
          size="xs"
          label="Danger"
          value={filters.danger}
          onChange={(event) => filterCatalogue({ danger: event.currentTarget.value as CatalogueFilters['danger'] })}
          data={[{ value: '', label: 'Any' }, ...dangers, { value: 'calculates', label: 'only calculates' }]}
        />
        <NativeSelect
          size="xs"
          label="Time"
          value={filters.time}
          onChange={(event) => filterCatalogue({ time: event.currentTarget.value as CatalogueFilters['time'] })}
          data={[
            { value: '', label: 'Any time' },
            { value: '15', label: 'up to 15 min' },
            { value: '60', label: 'up to 1 h' },
            { value: 'long', label: 'more than 1 h' },
          ]}
        />
        <FitsMine fits={filters.fits} />
      </div>
    </aside>
  );
}

function Category({ name, count, chosen, onChoose }: { name: string; count: number; chosen: boolean; onChoose(): void }) {
  return (
    <li>
      <UnstyledButton className={classes.categoryChoice ?? ''} aria-pressed={chosen} onClick={onChoose}>
        <span>{name}</span> <span className={classes.count}>{count}</span>
      </UnstyledButton>
    </li>
  );
}

/** Goes by what targets said of themselves: it says so where none has. */
function FitsMine({ fits }: { fits: boolean }) {
  const targets = useTargets((state) => state.targets);
  const reached = targets?.filter(({ facts }) => facts).length ?? 0;
  const why = !targets ? null : targets.length === 0 ? 'You have no targets yet.' : reached === 0 ? 'None of your targets was reached yet.' : null;
  return (
    <div>
      <Checkbox
        size="xs"
        label="Fits my machines"
        checked={fits}
        disabled={!fits && (!targets || why !== null)}
        onChange={(event) => filterCatalogue({ fits: event.currentTarget.checked })}
      />
      {why && (
        <p className={classes.why}>
          {why} <a href={routeHash({ page: 'targets' })}>{targets?.length === 0 ? 'Add one' : 'Test one'}</a>
        </p>
      )}
    </div>
  );
}
