/** What is asked of the admin. */
import { z } from 'zod';
import { absolutePath, field } from '../../topic-kit/index.ts';

const address = /^(?:https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?\/[A-Za-z0-9._~/-]*)?$/;

export const parameters = z.object({
  root: field(absolutePath.default('/var/www/matomo'), {
    label: 'Folder of Matomo',
    help: 'It has the folders config and core. In Matomo’s Docker image it is /var/www/html.',
    control: 'text',
  }),
  config: field(z.union([absolutePath, z.literal('')]).default(''), {
    label: 'Configuration',
    help: 'Leave it empty for config/config.ini.php in that folder. With several tenants it is misc/user/HOST/config.ini.php.',
    control: 'text',
  }),
  bundle: field(absolutePath.default('/etc/ssl/certs/ca-certificates.crt'), {
    label: 'File with certificates',
    help: 'Your own CA and the public ones, in PEM. Debian, Ubuntu, Alpine: /etc/ssl/certs/ca-certificates.crt; Red Hat: /etc/pki/tls/certs/ca-bundle.crt.',
    control: 'text',
  }),
  user: field(
    z
      .string()
      .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'Give a user such as www-data')
      .default('www-data'),
    {
      label: 'User that PHP runs as',
      help: 'The one who owns config.ini.php. The check proposes it.',
      control: 'text',
    },
  ),
  url: field(z.string().regex(address, 'Give an address such as https://stats.example.org/').default(''), {
    label: 'Address of Matomo',
    help: 'Leave it empty for the first of Matomo’s trusted hosts.',
    control: 'text',
  }),
  public: field(z.string().regex(address, 'Give an address such as https://api.matomo.org/').default('https://api.matomo.org/'), {
    label: 'A public address',
    help: 'Matomo asks it for updates, so it has to be accepted as well. Leave it empty on a server without the Internet.',
    control: 'text',
  }),
});
export type Parameters = z.output<typeof parameters>;
export const configOf = ({ root, config }: Pick<Parameters, 'root' | 'config'>) => (config === '' ? `${root}/config/config.ini.php` : config);
