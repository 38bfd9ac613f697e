/** Nothing has to be asked: Zimbra is always in /opt/zimbra. */
import { z } from 'zod';

export const parameters = z.object({});
