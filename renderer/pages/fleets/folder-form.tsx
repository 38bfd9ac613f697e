import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CompiledFolder } from '../../../shared/api/fleet-form.ts';
import { focusField } from '../../components/form/issue-summary.tsx';
import { reportError } from '../../stores/report-error.ts';
import { api } from '../../window-api.ts';
import page from '../page.module.css';
import { HostsPanel } from './hosts-panel.tsx';
import classes from './new-fleet.module.css';
import { PrepareBar } from './prepare-bar.tsx';
import { type ChosenHosts, usePrepare } from './use-prepare.ts';

interface FolderFormProps {
  hosts: ChosenHosts;
  onHosts(hosts: ChosenHosts): void;
}

const chooseId = 'choose-folder';

/** A playbook that was compiled before, and its hosts. */
export function FolderForm({ hosts, onHosts }: FolderFormProps) {
  const [folder, setFolder] = useState<CompiledFolder | null>(null);
  const several = (folder?.roles.length ?? 0) > 1;
  const roles = several ? (folder?.roles ?? []).map((id) => ({ id, title: id })) : [{ id: '', title: '' }];
  const { found, empty, submitted, busy, prepare } = usePrepare(roles, hosts);
  const choose = async () => {
    const chosen = await api.window.choosePlaybook({});
    if (chosen) setFolder(chosen);
  };
  const origin = async () => {
    if (folder) return { kind: 'folder' as const, folder: folder.folder };
    focusField(chooseId);
    return null;
  };
  return (
    <form
      noValidate
      aria-label="New fleet run"
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void prepare(origin);
      }}
    >
      <div className={classes.single}>
        <section className={`${page.panel} ${classes.questions}`} aria-labelledby="folder">
          <h2 id="folder">Compiled folder</h2>
          {folder ? (
            <p role="status">
              <strong>{folder.title}</strong>, <code>{folder.folder}</code>
            </p>
          ) : (
            <p>
              A folder that “Save the playbook” or <code>wrenchbook fleet compile</code> has written.
            </p>
          )}
          <Button id={chooseId} variant="default" size="xs" style={{ justifySelf: 'start' }} onClick={() => void choose().catch(reportError)}>
            {folder ? 'Choose another folder …' : 'Choose the folder …'}
          </Button>
        </section>
        <HostsPanel
          roles={roles}
          picks={hosts.picks}
          found={found}
          missing={submitted ? empty : []}
          sshPassword={hosts.sshPassword}
          onPicks={(picks) => onHosts({ ...hosts, picks })}
          onSshPassword={(sshPassword) => onHosts({ ...hosts, sshPassword })}
        />
      </div>
      <PrepareBar
        hosts={found.count}
        busy={busy}
        needs={submitted ? (folder ? (empty.length > 0 ? 'Choose hosts first.' : '') : 'Choose a folder first.') : ''}
      />
    </form>
  );
}
