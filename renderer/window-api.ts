/** The one door to the rest of Wrenchbook: what the preload put into the page. */
import type { WrenchbookApi } from '../shared/api.ts';

declare global {
  interface Window {
    wrenchbook: WrenchbookApi;
  }
}

/** Absent only where the page was opened without its preload; main.tsx says so before anything asks for it. */
export const api: WrenchbookApi = window.wrenchbook;
