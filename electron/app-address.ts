/** Where the window's page lives: app://wrenchbook/, which is the folder out/renderer and nothing else. */
import path from 'node:path';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://wrenchbook`;
export const APP_START = `${APP_ORIGIN}/index.html`;

export const isAppAddress = (url: string): boolean => url.startsWith(`${APP_ORIGIN}/`);

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface AppFile {
  /** Absolute path below `folder`. */
  file: string;
  contentType: string;
}

/** The file an address stands for, or null where it names nothing in `folder` or a kind of file the app does not have. */
export function appFile(folder: string, url: string): AppFile | null {
  if (!isAppAddress(url)) return null;
  const encoded = url.slice(APP_ORIGIN.length).replace(/[?#].*$/s, '');
  let name: string;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  if (name.includes('\0') || name.includes('\\')) return null;
  const root = path.resolve(folder);
  const file = path.join(root, name === '/' ? 'index.html' : name);
  if (!file.startsWith(root + path.sep)) return null;
  const contentType = CONTENT_TYPES[path.extname(file)];
  return contentType === undefined ? null : { file, contentType };
}
