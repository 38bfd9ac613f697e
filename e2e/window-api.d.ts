import type { WrenchbookApi } from '../shared/api.ts';

declare global {
  interface Window {
    wrenchbook: WrenchbookApi;
  }
}
