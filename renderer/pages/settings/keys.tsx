/** The key that signs records here, and those whose signatures count. */
import { Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { KeyList, OwnKey } from '../../../shared/api/keys.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { TroubleNote } from '../../components/trouble-note.tsx';
import { errorText } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import { AddKey } from './add-key.tsx';
import { KnownKeys } from './known-keys.tsx';
import classes from './settings.module.css';

export function Keys() {
  const [keys, setKeys] = useState<KeyList | null>(null);
  const [trouble, setTrouble] = useState('');
  const look = useCallback(() => {
    api.keys.list({}).then(setKeys, (thrown: unknown) => setTrouble(errorText(thrown)));
  }, []);
  useEffect(look, [look]);
  return (
    <>
      <h2>Signing keys</h2>
      <p className={page.lead}>Records and bundles are signed, so that changes are noticed.</p>
      {trouble && <TroubleNote text={trouble} />}
      {!keys && !trouble && <Loader size="sm" role="status" aria-label="Reading the keys" />}
      {keys && (
        <>
          <Own own={keys.own} />
          <KnownKeys known={keys.known} own={keys.own.fingerprint} onChanged={look} />
          <AddKey onAdded={look} />
        </>
      )}
    </>
  );
}

function Own({ own }: { own: OwnKey }) {
  return (
    <section aria-label="This computer’s signing key" className={classes.part}>
      <h3>This computer’s signing key</h3>
      <dl className={classes.facts}>
        <dt>Fingerprint</dt>
        <dd>
          <code>{own.fingerprint}</code> <CopyButton text={own.fingerprint} what="the fingerprint" />
        </dd>
        <dt>Public key</dt>
        <dd>
          <code>{own.publicKey}</code> <CopyButton text={own.publicKey} what="the public key" />
        </dd>
        <dt>Private key</dt>
        <dd>{placeText(own)}</dd>
      </dl>
      <p className={classes.hint}>Give the fingerprint to those who get bundles from you, by a different channel than the bundles.</p>
    </section>
  );
}

function placeText({ file }: OwnKey) {
  if (!file) return "In this system's key store, encrypted.";
  const readers = file.mode === null ? '' : file.mode === '0600' ? ', which only you can read (mode 0600)' : `, with mode ${file.mode}: others can read it`;
  return (
    <>
      In the file <code>{file.path}</code>
      {readers}. It is not encrypted, as no key store of the system is used.
    </>
  );
}
