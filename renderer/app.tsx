import { Shell } from './components/shell/shell.tsx';
import { CataloguePage } from './pages/catalogue/catalogue-page.tsx';
import { ComparePage } from './pages/compare/compare-page.tsx';
import { RunPage } from './pages/run/run-page.tsx';
import { RunsPage } from './pages/runs/runs-page.tsx';
import { SettingsPage } from './pages/settings/settings-page.tsx';
import { StartPage } from './pages/start/start-page.tsx';
import { StoragePage } from './pages/storage/storage-page.tsx';
import { TargetsPage } from './pages/targets/targets-page.tsx';
import { TopicPage } from './pages/topic/topic-page.tsx';
import { TranscriptPage } from './pages/transcript/transcript-page.tsx';
import { useRoute } from './stores/route.ts';

export function App() {
  return (
    <Shell>
      <Page />
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
      return <StartPage key={`${route.topicId} ${route.like}`} topicId={route.topicId} where={route.where} like={route.like ?? null} />;
    case 'runs':
      return <RunsPage />;
    case 'storage':
      return <StoragePage />;
    case 'settings':
      return <SettingsPage />;
    case 'targets':
      return <TargetsPage />;
    case 'run':
      return <RunPage key={route.runId} runId={route.runId} view={route.view} />;
    case 'transcript':
      return <TranscriptPage key={`${route.runId} ${route.at?.stepId} ${route.at?.place}`} runId={route.runId} at={route.at ?? null} />;
    case 'compare':
      return <ComparePage key={`${route.left} ${route.right}`} left={route.left} right={route.right} />;
  }
}
