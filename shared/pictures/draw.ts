/** From a picture's data to its drawing. Pure. */
import type { Picture } from '../api/picture.ts';
import { drawBars } from './bars.ts';
import { drawCells } from './cells.ts';
import { drawGraph } from './graph.ts';
import { drawLines } from './lines.ts';
import type { Drawing } from './shapes.ts';
import { drawShelves } from './shelves.ts';

export function draw(picture: Picture): Drawing {
  switch (picture.kind) {
    case 'graph':
      return drawGraph(picture);
    case 'bars':
      return drawBars(picture);
    case 'cells':
      return drawCells(picture);
    case 'lines':
      return drawLines(picture);
    case 'shelves':
      return drawShelves(picture);
  }
}
