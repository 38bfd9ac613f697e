/** Which links may be opened in the admin's browser: documentation the topics refer to, over https. */
const HOSTS = new Set(['docs.broadcom.com', 'github.com', 'www.broadcom.com', 'www.dell.com']);

export function isAllowedExternal(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return url.protocol === 'https:' && HOSTS.has(url.hostname) && url.port === '' && url.username === '' && url.password === '';
}
