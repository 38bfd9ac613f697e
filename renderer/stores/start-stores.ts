/** Connects the stores to the backend's events and fetches what every page needs. Called once, before the first page. */
import { api } from '../window-api.ts';
import { followConnection, useConnection } from './connection.ts';
import { openFleet, takeFleetNews, useFleets } from './fleets.ts';
import { goToInterrupted } from './interrupted-start.ts';
import { loadLogWatches, noteWatch } from './log-watches.ts';
import { noteMachineChange } from './machines.ts';
import { noteMediaProgress } from './media-progress.ts';
import { showError } from './report-error.ts';
import { followAddress, useRoute } from './route.ts';
import { loadRunHistory, noteRunChange } from './run-history.ts';
import { lookAgain } from './run-search.ts';
import { loadAttention, openRun, takeRunNews, useRunStates } from './run-states.ts';
import { loadSettings, takeSettings } from './settings.ts';
import { noteStorageChange } from './storage.ts';
import { forgetTrials, loadTargets, noteTrial } from './targets.ts';
import { loadTopics } from './topics.ts';
import { loadWindowInfo } from './window-info.ts';

export function startStores(): void {
  followAddress();
  api.on('runs.changed', (news) => {
    takeRunNews(news);
    noteRunChange();
    if (useRoute.getState().route.page === 'runs') lookAgain();
  });
  api.on('storage.changed', () => {
    noteStorageChange();
    noteRunChange();
    if (useRoute.getState().route.page === 'runs') lookAgain();
  });
  api.on('media.progress', noteMediaProgress);
  api.on('targets.changed', () => void loadTargets());
  api.on('trials.changed', noteTrial);
  api.on('fleets.changed', takeFleetNews);
  api.on('machines.changed', noteMachineChange);
  api.on('watches.changed', noteWatch);
  api.on('settings.changed', takeSettings);
  api.onMisfit((error) => showError(error, 'misfit'));
  followConnection(loadAll);
  if (useConnection.getState().connected) loadAll();
}

let started = false;

/** Also after a new connection: events may have been missed. */
function loadAll(): void {
  void loadWindowInfo();
  void loadSettings();
  void loadTopics();
  void loadTargets();
  forgetTrials();
  void loadLogWatches();
  void loadRunHistory();
  // Only the first time: afterwards somebody is somewhere.
  void loadAttention(started ? undefined : goToInterrupted);
  started = true;
  for (const runId of Object.keys(useFleets.getState().states)) void openFleet(runId);
  for (const runId of Object.keys(useRunStates.getState().states)) void openRun(runId);
}
