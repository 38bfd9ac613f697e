import { type ComponentType, lazy, Suspense, useEffect } from 'react';
import { PrintedCard } from './components/command/printed-card.tsx';
import { PageSkeleton } from './components/page-skeleton.tsx';
import { Shell } from './components/shell/shell.tsx';
import { CataloguePage } from './pages/catalogue/catalogue-page.tsx';
import { useRoute } from './stores/route.ts';

/** Each page comes in a file of its own when it is first opened; the catalogue, which most starts open, is there at once. */
const pages = {
  topic: async () => page((await import('./pages/topic/topic-page.tsx')).TopicPage),
  start: async () => page((await import('./pages/start/start-page.tsx')).StartPage),
  runs: async () => page((await import('./pages/runs/runs-page.tsx')).RunsPage),
  run: async () => page((await import('./pages/run/run-page.tsx')).RunPage),
  storage: async () => page((await import('./pages/storage/storage-page.tsx')).StoragePage),
  settings: async () => page((await import('./pages/settings/settings-page.tsx')).SettingsPage),
  doctor: async () => page((await import('./pages/doctor/doctor-page.tsx')).DoctorPage),
  machine: async () => page((await import('./pages/machine/machine-page.tsx')).MachinePage),
  watch: async () => page((await import('./pages/watch/watch-page.tsx')).WatchPage),
  targets: async () => page((await import('./pages/targets/targets-page.tsx')).TargetsPage),
  fleets: async () => page((await import('./pages/fleets/fleets-page.tsx')).FleetsPage),
  newFleet: async () => page((await import('./pages/fleets/new-fleet-page.tsx')).NewFleetPage),
  fleet: async () => page((await import('./pages/fleets/fleet-run-page.tsx')).FleetRunPage),
  transcript: async () => page((await import('./pages/transcript/transcript-page.tsx')).TranscriptPage),
  compare: async () => page((await import('./pages/compare/compare-page.tsx')).ComparePage),
};
const page = <P,>(component: ComponentType<P>) => ({ default: component });
const TopicPage = lazy(pages.topic);
const StartPage = lazy(pages.start);
/** The same one each time. */
const noOthers = {};
const RunsPage = lazy(pages.runs);
const RunPage = lazy(pages.run);
const StoragePage = lazy(pages.storage);
const SettingsPage = lazy(pages.settings);
const TargetsPage = lazy(pages.targets);
const DoctorPage = lazy(pages.doctor);
const FleetsPage = lazy(pages.fleets);
const NewFleetPage = lazy(pages.newFleet);
const FleetRunPage = lazy(pages.fleet);
const MachinePage = lazy(pages.machine);
const WatchPage = lazy(pages.watch);
const TranscriptPage = lazy(pages.transcript);
const ComparePage = lazy(pages.compare);

/** The first page has the processor for itself first. */
const pauseMs = 1000;

/** Fetches what was not opened yet while nothing else is to be done, so that no page has to be waited for. */
async function fetchPages(): Promise<void> {
  for (const fetchPage of Object.values(pages)) {
    await new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 }));
    // A page that can't be had says so when it is opened.
    await fetchPage().catch(() => undefined);
  }
}

export function App() {
  useEffect(() => {
    const timer = window.setTimeout(() => void fetchPages(), pauseMs);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <Shell>
      <Suspense fallback={<PageSkeleton />}>
        <Page />
      </Suspense>
      <PrintedCard />
    </Shell>
  );
}

/** Keys make another topic or run another page: nothing of the last one is left in it. */
function Page() {
  const route = useRoute((state) => state.route);
  switch (route.page) {
    case 'catalogue':
      return <CataloguePage />;
    case 'topic':
      return <TopicPage key={route.topicId} topicId={route.topicId} />;
    case 'start':
      return (
        <StartPage
          key={`${route.topicId} ${route.like}`}
          topicId={route.topicId}
          where={route.where}
          others={route.others ?? noOthers}
          like={route.like ?? null}
        />
      );
    case 'runs':
      return <RunsPage />;
    case 'storage':
      return <StoragePage />;
    case 'settings':
      return <SettingsPage />;
    case 'targets':
      return <TargetsPage />;
    case 'doctor':
      return <DoctorPage key={route.where} where={route.where} />;
    case 'fleets':
      return <FleetsPage />;
    case 'new-fleet':
      return <NewFleetPage topicId={route.topicId} />;
    case 'fleet':
      return <FleetRunPage key={route.runId} runId={route.runId} />;
    case 'machine':
      return <MachinePage key={route.where} where={route.where} />;
    case 'watch':
      return <WatchPage key={route.where} where={route.where} />;
    case 'run':
      return <RunPage key={route.runId} runId={route.runId} view={route.view} />;
    case 'transcript':
      return <TranscriptPage key={`${route.runId} ${route.at?.stepId} ${route.at?.place}`} runId={route.runId} at={route.at ?? null} />;
    case 'compare':
      return <ComparePage key={`${route.left} ${route.right}`} left={route.left} right={route.right} />;
  }
}
