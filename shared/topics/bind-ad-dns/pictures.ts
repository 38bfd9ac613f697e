/** The domain as a tree: what BIND answers itself, what it hands on, and to whom. */
import type { PictureText } from '../../topic-kit/index.ts';
import { controllersOf, type Parameters } from './parameters.ts';

export function pictures(values: Parameters, { done }: { done: ReadonlySet<string> }): PictureText[] {
  const { domain, server } = values;
  const controllers = controllersOf(values);
  const loaded = done.has('load');
  const proved = done.has('services');
  const tone = proved ? 'good' : loaded ? 'accent' : 'quiet';
  const way = { tone, dashed: !loaded } as const;
  const services = [
    { id: 'ldap', title: '_ldap._tcp' },
    { id: 'kerberos', title: '_kerberos._tcp, _udp' },
    { id: 'catalogue', title: '_gc._tcp' },
  ];
  const state = proved ? 'Every name was asked for and found.' : loaded ? 'BIND has loaded it.' : 'None of it is there yet: dashed.';
  return [
    {
      kind: 'graph',
      id: 'tree',
      title: 'Who answers for which names',
      caption: `BIND answers for ${domain} and hands _msdcs and _sites to ${controllers.map(({ host }) => host).join(' and ')}. The services are aliases of names below _msdcs; _kpasswd names the controllers itself. ${state}`,
      nodes: [
        { id: 'domain', title: domain, text: `BIND at ${server}`, column: 0, row: 0, tone: 'accent' },
        { id: 'sites', title: '_sites', text: 'handed on', column: 2, row: 0, tone },
        { id: 'msdcs', title: '_msdcs', text: 'handed on', column: 2, row: 1, tone },
        ...services.map((service, index) => ({ ...service, text: 'alias', column: 1, row: index + 2, tone })),
        { id: 'kpasswd', title: '_kpasswd._tcp, _udp', text: 'kept here, by hand', column: 1, row: 5, tone: loaded ? tone : ('warning' as const) },
        ...controllers.map(({ host, address }, index) => ({ id: host, title: host.split('.')[0] ?? host, text: address, column: 3, row: index + 1 })),
      ],
      edges: [
        { from: 'domain', to: 'sites', ...way },
        { from: 'domain', to: 'msdcs', ...way },
        ...services.map(({ id }) => ({ from: 'domain', to: id, ...way })),
        { from: 'domain', to: 'kpasswd', ...way },
        ...services.map(({ id }) => ({ from: id, to: 'msdcs', label: id === 'kerberos' ? 'CNAME' : '', ...way })),
        ...controllers.flatMap(({ host }, index) => [
          { from: 'sites', to: host, label: index === 0 ? 'NS' : '', ...way },
          { from: 'msdcs', to: host, ...way },
          { from: 'kpasswd', to: host, label: index === controllers.length - 1 ? 'SRV' : '', ...way },
        ]),
      ],
    },
  ];
}
