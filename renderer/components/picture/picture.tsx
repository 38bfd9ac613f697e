import { useId, useMemo } from 'react';
import type { Picture } from '../../../shared/api/picture.ts';
import { draw } from '../../../shared/pictures/draw.ts';
import type { Shape } from '../../../shared/pictures/shapes.ts';
import { pictureTable } from '../../../shared/pictures/table.ts';
import classes from './picture.module.css';

/** A picture, what there is to see in it, and the same as a table. */
export function PictureView({ picture }: { picture: Picture }) {
  const { width, height, shapes } = useMemo(() => draw(picture), [picture]);
  const [heads = [], ...rows] = useMemo(() => pictureTable(picture), [picture]);
  const arrow = useId();
  return (
    <figure className={classes.picture} aria-label={picture.title}>
      <div className={classes.scroll}>
        <svg viewBox={`0 0 ${Math.ceil(width)} ${Math.ceil(height)}`} style={{ width: Math.ceil(width) }} role="img" aria-label={picture.caption}>
          <defs>
            <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0L8 4L0 8z" className={classes.head} />
            </marker>
          </defs>
          {shapes.map((shape, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the shapes of a drawing have no names, and are drawn anew together
            <ShapeView key={index} shape={shape} arrow={arrow} />
          ))}
        </svg>
      </div>
      <figcaption>{picture.caption}</figcaption>
      <details>
        <summary>As a table</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <tr key={row.join('\n')}>
                {row.map((cell, index) => (
                  <td key={heads[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > mostRows && <p>… and {rows.length - mostRows} more rows.</p>}
      </details>
    </figure>
  );
}
const mostRows = 100;

function ShapeView({ shape, arrow }: { shape: Shape; arrow: string }) {
  const tone = classes[shape.tone];
  switch (shape.shape) {
    case 'box': {
      const { x, y, width, height, round, filled } = shape;
      return <rect x={x} y={y} width={Math.max(0, width)} height={height} rx={round} className={`${tone} ${filled ? classes.filled : classes.open}`} />;
    }
    case 'text': {
      const { x, y, text, size, anchor, strong } = shape;
      return (
        <text x={x} y={y} fontSize={size} textAnchor={anchor} className={`${tone} ${strong ? classes.strong : ''} ${classes.text}`}>
          {text}
        </text>
      );
    }
    case 'path': {
      const { d, dashed, arrow: pointed, width = 1.4 } = shape;
      return (
        <path
          d={d}
          strokeWidth={width}
          strokeDasharray={dashed ? '5 4' : undefined}
          markerEnd={pointed ? `url(#${arrow})` : undefined}
          className={`${tone} ${classes.line}`}
        />
      );
    }
  }
}
