/** Serves the window's files over app:// with the headers that go with them. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { APP_SCHEME, appFile } from './app-address.ts';
import { contentSecurityPolicy } from './content-security.ts';

/** Before the app is ready: makes app:// a scheme with an origin of its own, treated like https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

const refusal = (status: number) => new Response(null, { status, headers: { 'X-Content-Type-Options': 'nosniff' } });

async function answer(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const asset = appFile(folder, request.url);
  if (!asset) return refusal(404);
  // Read, not net.fetch(file://): the page needs no file access anywhere, and Electron's fs reads inside app.asar.
  const bytes = await readFile(asset.file).catch(() => null);
  if (!bytes) return refusal(404);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': asset.contentType,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
  });
}

/** `folder` is the built renderer; nothing outside it is ever read. */
export function serveApp(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(folder, request));
}
