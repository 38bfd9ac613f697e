/** A drawing as the text of an SVG file, in colours of its own: it has no page around it that could bring them. */
import type { PictureTone } from '../api/picture.ts';
import type { Drawing, Shape } from './shapes.ts';

const colors: Record<PictureTone, string> = { plain: '#1b2127', quiet: '#55606b', accent: '#0b6280', good: '#196b38', warning: '#8f4a00', bad: '#b01e1e' };

export function svgText({ width, height, shapes }: Drawing, title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" font-family="sans-serif">`,
    `<title>${escaped(title)}</title>`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#55606b"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...shapes.map(shapeText),
    '</svg>',
    '',
  ].join('\n');
}

function shapeText(shape: Shape): string {
  const color = colors[shape.tone];
  switch (shape.shape) {
    case 'box': {
      const fill = shape.filled ? `fill="${color}" fill-opacity="0.18"` : 'fill="none"';
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="${shape.round ?? 0}" ${fill} stroke="${color}"/>`;
    }
    case 'text':
      return `<text x="${shape.x}" y="${shape.y}" font-size="${shape.size}" text-anchor="${shape.anchor}" fill="${color}"${shape.strong ? ' font-weight="600"' : ''}>${escaped(shape.text)}</text>`;
    case 'path':
      return `<path d="${shape.d}" fill="none" stroke="${color}" stroke-width="${shape.width ?? 1.4}"${shape.dashed ? ' stroke-dasharray="5 4"' : ''}${shape.arrow ? ' marker-end="url(#arrow)"' : ''}/>`;
  }
}

/** Without characters that XML can't hold. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML can't hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
