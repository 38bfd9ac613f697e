/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'apache* httpd web-server webserver webdav caldav carddav wiki mpm* vhost* site website os-x-server profile-manager serveur-web servidor-web | digest',
    'apache* httpd web-server webserver web-service wiki caldav webdav website | freez* frozen hang hangs hung stuck dead stops stopped freeze closing-connection maxclients maxrequestworkers scoreboard ccc* closing proxy-error 502 hundreds processes workers children busy reagiert hängt friert answer answers respond* not-answer bloqu* cuelga responde',
    'maxclients maxrequestworkers | *',
    'scoreboard server-status | c cc* closing',
    'digest | basic auth authtype login anmeld* password vhost*',
    'caldav carddav webdav wiki | proxy-error* 502 dead',
  ],
  asked: [
    'apache stops serving pages every few hours, server-status full of C',
    'MaxClients reached, restart helps for an hour',
    'our Lion server wiki goes dead and httpd has 250 processes',
    '[mpm_prefork:error] [pid 291] AH00161: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting',
    'webdav with digest auth on apache 2.4 freezes',
    'caldav on mountain lion server gives proxy errors until I restart the web service',
    'apache Kindprozesse bleiben in Closing connection stehen',
    'scoreboard shows CCCCCCCCC_W and new visitors get nothing',
    'web server stuck every morning, hundreds of apache children, all closing',
    'we use AuthType Digest on some folders and the server hangs under load',
    'httpd no longer answers and status page is a row of C letters',
    'Apache: [error] server reached MaxClients setting, consider raising the MaxClients setting, digest login in use',
    'replace digest by basic auth in all vhosts',
    'AH01102: error reading status line from remote server localhost:8086',
    'profile manager and wiki of the OS X server get 502 bad gateway, too many httpd',
    'Webserver friert ein, Digest-Anmeldung',
  ],
  nearMisses: ['apache rewrite rule loops', 'nginx closes the connection early', 'apache2.service: Succeeded.'],
};
