/** What the window's page may load and run. The reasons are in docs/decisions/013-content-security-policy.md. */
const POLICY = {
  'default-src': ["'none'"],
  // WebAssembly only (the transcript player's terminal is WebAssembly); eval and inline scripts stay forbidden.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // xterm.js writes <style> elements and style attributes, Mantine its variables; xterm.js can't be given a nonce.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

export const contentSecurityPolicy = Object.entries(POLICY)
  .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
  .join('; ');
