/** Pictures of a procedure, as data: what a topic says is drawn by the window, and read out as a table where nobody looks. */
import { z } from 'zod';

export const pictureTone = z.enum(['plain', 'quiet', 'accent', 'good', 'warning', 'bad']);
export type PictureTone = z.infer<typeof pictureTone>;

const about = {
  id: z.string().max(64),
  title: z.string(),
  /** What there is to see, in one sentence: for whoever does not see it. */
  caption: z.string(),
};

/** Boxes and the ways between them. `column` and `row` are places in a grid, from 0. */
export const graphPicture = z.object({
  kind: z.literal('graph'),
  ...about,
  nodes: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      text: z.string().default(''),
      column: z.number().int().min(0).max(11),
      row: z.number().int().min(0).max(23),
      tone: pictureTone.default('plain'),
    }),
  ),
  edges: z.array(
    z.object({ from: z.string(), to: z.string(), label: z.string().default(''), tone: pictureTone.default('plain'), dashed: z.boolean().default(false) }),
  ),
});

/** Amounts beside each other, group by group: before and after. */
export const barsPicture = z.object({
  kind: z.literal('bars'),
  ...about,
  unit: z.string().default(''),
  groups: z.array(
    z.object({ label: z.string(), bars: z.array(z.object({ label: z.string(), value: z.number().min(0), tone: pictureTone.default('accent') })) }),
  ),
});

/** Rows of small cells, one letter each: what many things were doing, moment by moment. */
export const cellsPicture = z.object({
  kind: z.literal('cells'),
  ...about,
  rows: z.array(z.object({ label: z.string(), cells: z.string().max(2000) })),
  legend: z.array(z.object({ letter: z.string().length(1), label: z.string(), tone: pictureTone })),
});

const axis = z.object({ label: z.string(), unit: z.string().default(''), logarithmic: z.boolean().default(false) });
/** Curves, and places on the x axis that are worth a word. */
export const linesPicture = z.object({
  kind: z.literal('lines'),
  ...about,
  x: axis,
  y: axis,
  series: z.array(
    z.object({
      label: z.string(),
      points: z.array(z.tuple([z.number(), z.number()])).max(5000),
      tone: pictureTone.default('accent'),
      /** `steps` for a histogram. */
      look: z.enum(['line', 'steps']).default('line'),
    }),
  ),
  marks: z.array(z.object({ x: z.number(), label: z.string(), tone: pictureTone.default('quiet') })).default([]),
});

/** Places, and what lies in each: disks and volumes. */
export const shelvesPicture = z.object({
  kind: z.literal('shelves'),
  ...about,
  shelves: z.array(
    z.object({
      label: z.string(),
      items: z.array(
        z.object({ label: z.string(), text: z.string().default(''), share: z.number().positive().default(1), tone: pictureTone.default('plain') }),
      ),
    }),
  ),
});

export const picture = z.discriminatedUnion('kind', [graphPicture, barsPicture, cellsPicture, linesPicture, shelvesPicture]);
export type Picture = z.output<typeof picture>;
/** As a topic writes it: what has a usual value may be left out. */
export type PictureText = z.input<typeof picture>;
export type PictureOf<Kind extends Picture['kind']> = Extract<Picture, { kind: Kind }>;
