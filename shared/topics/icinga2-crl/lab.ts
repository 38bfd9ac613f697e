/** The rehearsal: a signing master, and a node whose machine was stolen. */
import type { Lab, LabFile } from '../../topic-kit/index.ts';

const cert = (name: string, serial: string, ca = 'icinga') => `CERT cn=${name} serial=${serial} ca=${ca}\n`;
const folder = 'root/var/lib/icinga2';
const node = 'sat1.example.com';
const others = [
  ['sat2.example.com', 'DA28AD'],
  ['sat3.example.com', 'DA28AE'],
] as const;
const line = (name: string, serial: string) => `R\t271231210508Z\t261129210510Z\t${serial}\tunknown\t/CN=${name}\n`;

const files = (failure: string | null, values: Readonly<Record<string, unknown>> = {}): LabFile[] => {
  const restores = values.task === 'restore';
  const revoked = [[node, 'DA28AC'] as const, ...others, ['wrenchbook-canary', 'CA0A4F'] as const];
  const list = `CRL\n${revoked.map(([, serial]) => `${serial}\n`).join('')}`;
  return [
    { path: 'plays', content: `${failure ?? ''}\n` },
    { path: 'icinga.state', content: `version=${failure === 'too-old' ? 'r2.6.3-1' : 'r2.13.6-1'}\nslow=${failure === 'slow' ? 'yes' : 'no'}\n` },
    { path: 'journal', content: '' },
    {
      path: 'units/icinga2.service',
      content: 'Description=Icinga host/service/network monitoring system\nActiveState=active\nSubState=running\nUnitFileState=enabled\n',
    },
    {
      path: 'units/icinga2-crl-reminder.service',
      content: 'Description=Says when the CRL of Icinga ends soon\nActiveState=inactive\nSubState=dead\nResult=success\nUnitFileState=static\n',
    },
    {
      path: 'units/icinga2-crl-reminder.timer',
      content: 'Description=Asks every day\nActiveState=inactive\nSubState=dead\nResult=success\nUnitFileState=disabled\n',
    },
    { path: 'root/etc/systemd/system/.keep', content: '' },
    { path: 'root/var/log/icinga2/icinga2.log', content: '' },
    {
      path: 'root/etc/icinga2/features-enabled/api.conf',
      content: `object ApiListener "api" {\n  //accept_config = false\n${restores ? '  crl_path = "/var/lib/icinga2/certs/crl.pem"\n' : ''}  ticket_salt = TicketSalt\n}\n`,
    },
    { path: `${folder}/ca/ca.crt`, content: cert('Icinga CA', '01') },
    { path: `${folder}/ca/ca.key`, content: 'SIMULATED KEY\n' },
    { path: `${folder}/certs/master1.example.com.crt`, content: cert('master1.example.com', 'D52AEB') },
    { path: `${folder}/certs/master1.example.com.key`, content: 'SIMULATED KEY\n' },
    {
      path: `${folder}/certificate-requests/2.json`,
      content: `{"cert_response":"${cert(...others[0]).replace('\n', '\\n')}","subject":"CN = ${others[0][0]}"}\n`,
    },
    { path: `net/${others[1][0]}`, content: cert(...others[1]) },
    ...(failure === 'other-crl' ? [{ path: `${folder}/certs/crl.pem`, content: 'CRL\nBEEF01\n' }] : []),
    ...(failure === 'off'
      ? []
      : [
          {
            path: `net/${node}`,
            content: cert(failure === 'another-node' ? 'db7.example.com' : node, 'DA28AC', failure === 'another-ca' ? 'other' : undefined),
          },
        ]),
    ...(restores
      ? [
          { path: `${folder}/ca/crl/index.txt`, content: failure === 'not-there' ? '' : revoked.map(([name, serial]) => line(name, serial)).join('') },
          { path: `${folder}/ca/crl/crlnumber`, content: '02\n' },
          { path: `${folder}/ca/crl/ca.cnf`, content: `database = ${folder}/ca/crl/index.txt\ncrlnumber = ${folder}/ca/crl/crlnumber\n` },
          { path: `${folder}/ca/crl/nodes/${node}.crt`, content: cert(node, 'DA28AC') },
          ...others.map(([name, serial]) => ({ path: `${folder}/ca/crl/nodes/${name}.crt`, content: cert(name, serial) })),
          { path: `${folder}/ca/crl/canary.crt`, content: cert('wrenchbook-canary', 'CA0A4F') },
          { path: `${folder}/ca/crl/canary.key`, content: 'SIMULATED KEY\n' },
          { path: `${folder}/certs/crl.pem`, content: list },
          { path: 'loaded.crl', content: list },
        ]
      : []),
  ];
};

export const lab: Lab = {
  scenario: 'A signing master, and a node whose machine was stolen',
  failures: [
    {
      id: 'too-old',
      title: 'Icinga is too old',
      story: 'Icinga 2.6 cannot load any CRL and would not start with one. Nothing is changed.',
      stopsAt: { step: 'look', rule: 'too-old' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'not-there',
      title: 'The nodes are not revoked',
      story: 'The database of the CA does not have them: somebody has let them in again already.',
      stopsAt: { step: 'restore', rule: 'not-there' },
      wayOut: 'undo',
      inWay: 'restore',
    },
    {
      id: 'off',
      title: 'The node is switched off',
      story: 'It does not show its certificate, and there is no request of it. The certificate is taken from a backup.',
      stopsAt: { step: 'find', rule: 'no-certificate' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'another-node',
      title: 'Another node answers',
      story: 'The address belongs to a database server by now. Its certificate is not revoked.',
      stopsAt: { step: 'find', rule: 'another-node' },
      wayOut: 'remedy',
      inWay: null,
    },
    {
      id: 'another-ca',
      title: 'A certificate of another CA',
      story: 'The node has signed its certificate itself. This CA has nothing to revoke.',
      stopsAt: { step: 'find', rule: 'another-ca' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'other-crl',
      title: 'Another CRL is in place',
      story: 'Somebody has made one before, with another database. A new one would let in whoever is revoked there, so nothing is written.',
      stopsAt: { step: 'revoke', rule: 'other-database' },
      wayOut: 'undo',
      inWay: null,
    },
    {
      id: 'slow',
      title: 'The reload takes long',
      story: 'Icinga still works with its old configuration when the connections are tried. The file is put back; later it works.',
      stopsAt: { step: 'config', rule: 'refused' },
      wayOut: 'remedy',
      inWay: null,
    },
  ],
  facts: {},
  ways: { restore: { task: 'restore' } },
  files,
};
