/** Of the program itself, and its settings. */
import { z } from 'zod';
import { settings, settingsChange } from '../settings.ts';
import { backend, nothing } from './method.ts';

export const appMethods = {
  'app.info': backend(nothing, z.object({ version: z.string(), platform: z.string(), dataFolder: z.string() })),
  /** Never rejects: where their file can't be read, they are as at first. */
  'settings.get': backend(nothing, settings),
  /** Changes what is given, for all windows. */
  'settings.set': backend(settingsChange, settings),
};
