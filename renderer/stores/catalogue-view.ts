/** How the catalogue stands: what is searched, what is filtered, and how far it was scrolled. Kept while other pages are open. */
import { create } from 'zustand';
import { type CatalogueFilters, noFilters } from './catalogue-filters.ts';

interface CatalogueView {
  text: string;
  filters: CatalogueFilters;
  /** Pixels from the top. */
  scrolled: number;
}

export const useCatalogueView = create<CatalogueView>(() => ({ text: '', filters: noFilters, scrolled: 0 }));

/** Other results are read from their beginning. */
export const searchCatalogue = (text: string): void => useCatalogueView.setState({ text, scrolled: 0 });
export const filterCatalogue = (changed: Partial<CatalogueFilters>): void =>
  useCatalogueView.setState(({ filters }) => ({ filters: { ...filters, ...changed }, scrolled: 0 }));
export const showWholeCatalogue = (): void => useCatalogueView.setState({ text: '', filters: noFilters, scrolled: 0 });
