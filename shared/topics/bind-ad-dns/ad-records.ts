/** The records that hand a domain’s Active Directory names to its domain controllers. */
import type { Controller } from './parameters.ts';

export interface WantedRecord {
  /** Absolute, in small letters. */
  owner: string;
  ttl: number;
  type: 'NS' | 'CNAME' | 'SRV';
  data: string;
}
export interface Wanted {
  domain: string;
  controllers: readonly Controller[];
  ttl: number;
  passwordTtl: number;
}

export const delegated = ['_msdcs', '_sites'] as const;
/** The controllers keep `_kerberos._udp` nowhere below _msdcs: TCP’s records name the same servers and port. */
export const aliases = [
  ['_gc._tcp', '_ldap._tcp.gc._msdcs'],
  ['_kerberos._tcp', '_kerberos._tcp.dc._msdcs'],
  ['_kerberos._udp', '_kerberos._tcp.dc._msdcs'],
  ['_ldap._tcp', '_ldap._tcp.dc._msdcs'],
] as const;
export const passwordNames = ['_kpasswd._tcp', '_kpasswd._udp'] as const;

export const passwordData = ({ host }: Controller): string => `0 100 464 ${host}.`;

export function wantedRecords({ domain, controllers, ttl, passwordTtl }: Wanted): WantedRecord[] {
  const below = (name: string) => `${name}.${domain}.`;
  return [
    ...delegated.flatMap((name) => controllers.map(({ host }) => ({ owner: below(name), ttl, type: 'NS' as const, data: `${host}.` }))),
    ...aliases.map(([name, to]) => ({ owner: below(name), ttl, type: 'CNAME' as const, data: below(to) })),
    ...passwordNames.flatMap((name) =>
      controllers.map((controller) => ({ owner: below(name), ttl: passwordTtl, type: 'SRV' as const, data: passwordData(controller) })),
    ),
  ];
}
