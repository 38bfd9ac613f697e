/** Digest authentication freezes Apache: children hang in "Closing connection". */
import { defineTopic } from '../../topic-kit/index.ts';
import { lab } from './lab.ts';
import { parameters } from './parameters.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { remedies } from './remedies.ts';
import { search } from './search.ts';
import { steps } from './steps.ts';

export const topic = defineTopic({
  id: 'apache-digest-freeze',
  version: 2,
  title: 'Digest authentication freezes Apache',
  summary:
    'Measures which of Apache’s children hang in "Closing connection", changes Digest authentication to Basic in every site at once, and measures again.',
  category: 'Services & apps',
  platforms: ['OS X Server', 'Linux'],
  risk: { level: 'changes', text: 'Apache is restarted. Afterwards passwords are sent in the clear, so these sites must be served over TLS only.' },
  minutes: 11,
  fixes: [
    'Web pages that are very slow or end with "500" or "502 Proxy Error", while hundreds of httpd do nothing.',
    'AH00161 in the error log though there is little traffic.',
  ],
  needs: [
    'Root access to the web server, and curl on it.',
    'TLS on every site that asks for a password.',
    'Where a section names a password file (AuthUserFile): one for Basic, made with htpasswd, with new passwords for everybody. Digest’s passwords can’t be reused.',
    'Where .htaccess files use Digest: changing those by hand first. They are found and named, and the run stops before the module goes.',
  ],
  cannotUndo: [],
  corrections: [
    'The source’s web page has lost the name of the module. It is found here by LoadModule lines with "digest" and by AuthDigest… lines.',
    'The source changes "every occurrence" of AuthType Digest, also in comments. Here comments stay as they are, and the directive is found in any letter case, in quotes and over continued lines.',
    'The source does not say that Basic sends passwords readable, nor that files of htdigest are of no use to Basic. Here the first is said, and the second stops the run before anything is written.',
    'The source puts /server-status into the VirtualHost section of 0000_127.0.0.1_34580_.conf, open to whoever gets there. Here it is an include of its own that answers requests from this machine, and not those that a proxy on it marks as passed on.',
    'On today’s Apache mod_auth_digest does not do this by itself; other modules hang in the same way. The backtrace tells which.',
    'The commands for OS X Server 5 (httpd -t with httpd_server_app.conf, serveradmin) were written from memory and could not be tried on one. Those for Debian were.',
  ],
  sources: [
    'Notes on Digest authentication in OS X Server 5.0 on OS X 10.10.5',
    'Apache HTTP Server 2.4: mod_status, mod_auth_digest, mod_auth_basic, "Configuration Files"',
  ],
  search,
  symptoms: [
    { pattern: /AH00161|reached (?:MaxRequestWorkers|MaxClients)/i, text: 'AH00161: server reached MaxRequestWorkers setting' },
    { pattern: /AH01102\b|error reading status line from remote server/i, text: 'AH01102: error reading status line from remote server' },
    { pattern: /502 Proxy Error/i, text: '502 Proxy Error' },
    { pattern: /hundreds of (httpd|apache2?)|many (httpd|apache2?) process/i, text: 'hundreds of httpd processes' },
    { pattern: /Closing connection/i, text: 'children stuck in "Closing connection"' },
    { pattern: /AuthType Digest|mod_auth_digest|digest authentication/i, text: 'Digest authentication' },
  ],
  alsoCalled: [
    'web server hangs, website is slow, pages do not load, all workers are busy',
    'Apache httpd does not answer any more, reading from remote server, proxy error',
    'login dialog of the browser, password prompt, AuthType Basic',
    'wiki, calendar and WebDAV of OS X Server',
    'Webserver hängt, Apache reagiert nicht, Seite lädt nicht, Passwortabfrage',
    'le serveur web ne répond plus, Apache est bloqué, authentification Digest',
    'el servidor web no responde, Apache se cuelga, autenticación Digest',
  ],
  parameters,
  labDefaults: { every: '1', backtrace: 'yes' },
  steps: (values) => steps(values),
  remedies,
  probe,
  pictures,
  targets: ['local', 'ssh'],
  systems: { oneOf: [{ os: 'linux' }, { os: 'macos' }], tools: [{ name: 'curl', package: 'curl' }] },
  lab,
});
