/** How people ask for it, and what is like it but is not about it. */
import type { SearchWords } from '../../topic-kit/index.ts';

export const search: SearchWords = {
  about: [
    'matomo piwik | certificate* cert ca ca-bundle ssl tls https zertifi* custom_cacert* cacert* cainfo self-signed selfsigned certificat* certificado* verify curl issuer inspecting root-certificate autorité',
    'custom_cacert* | *',
    'config.ini.php | ca ssl certificate* cacert',
    'matomo piwik | https ca | archiv* internal intern* own self-made private',
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
  ],
  nearMisses: ['matomo shows no visitors since the relaunch', "renew a certificate of Let's Encrypt", 'matomo heatmap plugin'],
};
