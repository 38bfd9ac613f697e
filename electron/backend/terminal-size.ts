/** Terminal sizes come from windows, recordings and bundles: whatever they say, an emulator of that size must be affordable. */

const clamp = (value: number, low: number, high: number) => (Number.isFinite(value) ? Math.min(high, Math.max(low, Math.trunc(value))) : low);

/** Columns 20 to 500, rows 5 to 200: a hidden window says 0×0, a broken one anything. */
export const clampSize = (cols: number, rows: number) => ({ cols: clamp(cols, 20, 500), rows: clamp(rows, 5, 200) });

/** A size as recordings write it (`100x30`), within bounds; null for what is none. */
export function parseSize(data: string): { cols: number; rows: number } | null {
  const match = /^(\d+)x(\d+)$/.exec(data);
  return match ? clampSize(Number(match[1]), Number(match[2])) : null;
}

const resizeLine = /^(\[[^",\n]{1,40},\s{0,9}"r",\s{0,9}")(\d{1,400}x\d{1,400})("\])$/gm;
const headerSize = /^(\{[^\n]{0,4000}?"term":\{[^}\n]{0,4000})"cols":(\d{1,400}),"rows":(\d{1,400})/;

/** A recording for a player: every size in it within bounds. */
export const withinBounds = (cast: string): string =>
  cast
    .replace(headerSize, (_, head: string, cols: string, rows: string) => {
      const size = clampSize(Number(cols), Number(rows));
      return `${head}"cols":${size.cols},"rows":${size.rows}`;
    })
    .replace(resizeLine, (line, head: string, size: string, end: string) => {
      const { cols, rows } = parseSize(size) ?? {};
      return cols === undefined ? line : `${head}${cols}x${rows}${end}`;
    });
