/** Devices that an image can be written to, and how far that is. */
import { z } from 'zod';

/** How far writing or comparing has come. Sizes in bytes, before packing. */
export const mediaProgress = z.object({
  phase: z.enum(['writing', 'comparing']),
  bytes: z.number(),
  /** Null where the source does not tell; an estimate where it is packed. */
  total: z.number().nullable(),
  bytesPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
});
export type MediaProgress = z.infer<typeof mediaProgress>;

/** What tells one device from another. Empty where it does not say. */
export const deviceIdentity = z.object({ path: z.string(), vendor: z.string(), model: z.string(), serial: z.string(), bytes: z.number() });
export type DeviceIdentity = z.infer<typeof deviceIdentity>;

export const whyNotDevice = z.object({
  kind: z.enum(['system', 'mounted', 'swap', 'raid', 'volume-group', 'zfs', 'encrypted', 'in-use', 'read-only', 'no-medium', 'large', 'unknown']),
  message: z.string(),
  next: z.string(),
});
export type WhyNotDevice = z.infer<typeof whyNotDevice>;

export const mediaDevice = deviceIdentity.extend({
  /** USB, SATA, NVMe, SD card …; empty where that is not known. */
  bus: z.string(),
  removable: z.boolean(),
  sectorBytes: z.number(),
  partitions: z.array(z.object({ name: z.string(), bytes: z.number(), content: z.string(), label: z.string(), mountPoints: z.array(z.string()) })),
  mountPoints: z.array(z.string()),
  /** Null where it can be chosen. */
  whyNot: whyNotDevice.nullable(),
  /** As a parameter names it. */
  value: z.string(),
});
export type MediaDevice = z.infer<typeof mediaDevice>;
