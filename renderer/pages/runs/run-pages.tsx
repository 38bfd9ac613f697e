import { Pagination } from '@mantine/core';
import { lookFor, runsPerPage, useRunSearch } from '../../stores/run-search.ts';

export function RunPages() {
  const { result, query } = useRunSearch();
  const pages = Math.ceil((result?.total ?? 0) / runsPerPage);
  if (pages < 2 && query.page === 1) return null;
  return (
    <nav aria-label="Pages of runs">
      <Pagination
        mt="md"
        size="sm"
        total={pages}
        value={query.page}
        onChange={(page) => lookFor({ page })}
        getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
        getControlProps={(control) => ({ 'aria-label': `${control} page` })}
      />
    </nav>
  );
}
