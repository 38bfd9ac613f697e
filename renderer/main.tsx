/** The window's page: styles, stores, React. */
import '../shared/wire/zod-without-eval.ts';

import '@mantine/core/styles.css';
import '@mantine/code-highlight/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './theme.css';
import { CodeHighlightAdapterProvider } from '@mantine/code-highlight';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { shellHighlight } from './components/command/shell-highlight.ts';
import { startStores } from './stores/start-stores.ts';
import { cssVariables, theme } from './theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root".');
if (window.wrenchbook) {
  startStores();
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-right" />
        <CodeHighlightAdapterProvider adapter={shellHighlight}>
          <App />
        </CodeHighlightAdapterProvider>
      </MantineProvider>
    </StrictMode>,
  );
} else {
  root.textContent = 'This page is the window of Wrenchbook and works only inside it. Start Wrenchbook to open it.';
}
