import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { CopyButton } from '../../components/copy-button.tsx';
import { reportError } from '../../stores/report-error.ts';
import { useWindowInfo } from '../../stores/window-info.ts';
import { api } from '../../window-api.ts';
import classes from './settings.module.css';

/** Where everything is that Wrenchbook keeps, and how it is put elsewhere. */
export function DataFolder() {
  const folder = useWindowInfo((state) => state.dataFolder);
  return (
    <>
      <h2>Data folder</h2>
      <section className={classes.part} aria-label="Data folder">
        <p className={classes.folder}>
          <code>{folder}</code> <CopyButton text={folder} what="the path of the data folder" />
        </p>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFolderOpen size={15} aria-hidden />}
          onClick={() => void api.window.openDataFolder({}).catch(reportError)}
        >
          Open the folder
        </Button>
        <p className={classes.hint}>
          Runs, targets, keys and settings are in it. To use another folder: quit Wrenchbook, move this folder there, and start Wrenchbook with the environment
          variable <code>WRENCHBOOK_DATA</code> set to the new path. The terminal command reads the same variable.
        </p>
      </section>
    </>
  );
}
