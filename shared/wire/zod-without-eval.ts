/**
 * Keeps zod from compiling schemas with `new Function`, which the window's content security policy forbids.
 * zod decides when a schema is made, so import this before anything that makes one.
 */
import { z } from 'zod';

z.config({ jitless: true });
