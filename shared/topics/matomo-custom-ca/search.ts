/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'matomo piwik | certificate* cert ca ca-bundle ssl tls https zertifi* custom_cacert* cacert* cainfo self-signed selfsigned certificat* certificado* verify curl issuer inspecting root-certificate autorité',
    'custom_cacert* | *',
    'config.ini.php | ca ssl certificate* cacert',
    'matomo piwik | https ca | archiv* internal intern* own self-made private',
    'matomo piwik core:archive core-archive | certificate ca issued',
  ],
  asked: [
    "matomo can't reach our internal site, certificate is from our own ca",
    'piwik http client: SSL certificate problem: unable to get local issuer certificate',
    'matomo plugin update check fails behind tls inspecting proxy',
    'how do I tell matomo which ca bundle to trust',
    'curl.cainfo in php.ini has no effect for matomo',
    'Matomo akzeptiert unser internes Zertifikat nicht',
    '[General] custom_cacert_pem',
    'our analytics (matomo) fails to fetch pages with private CA certificate',
    'curl error 60 in matomo scheduled tasks',
    'SSL certificate problem: self signed certificate in certificate chain matomo',
    'where to set the CA file in config.ini.php',
    'piwik behind corporate proxy with own root certificate',
    'geoip download in matomo refused because of unknown CA',
    'matomo custom_cacert_pem',
    'Matomo: SSL-Fehler mit eigener Zertifizierungsstelle',
    'piwik curl internal CA certificate',
    'matomo custom_cacert_pem',
    'Our Matomo runs behind https with a cert from company CA, archiving and the http self check fail with ssl verification',
    'Where do I tell Matomo to trust our internal root, update-ca-certificates and php.ini curl.cainfo did not help',
    'core:archive cannot reach own URL as the certificate was issued by our Active Directory certificate services',
    'Is there a way to test which bundle Matomo uses when it fetches https, it ships own cacert.pem I think',
    'ERROR [2022-03-08 02:05:11] 3391  Got invalid response from API request: curl_exec: SSL certificate problem: unable to get local issuer certificate. Hostname requested was: matomo.intern.lan',
    'Matomo akzeptiert Zertifikat der eigenen CA nicht, cURL-Fehler 60',
  ],
  nearMisses: [
    'matomo shows no visitors since the relaunch',
    "renew a certificate of Let's Encrypt",
    'matomo heatmap plugin',
    'exclude our own office from the Matomo statistics',
  ],
};
