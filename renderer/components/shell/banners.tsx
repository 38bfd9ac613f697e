import { IconInfoCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { useConnection } from '../../stores/connection.ts';
import { useWindowInfo } from '../../stores/window-info.ts';
import classes from './shell.module.css';

export function Banners() {
  const preview = useWindowInfo((state) => state.preview);
  const connected = useConnection((state) => state.connected);
  return (
    <>
      {preview && (
        <div className={`${classes.banner} ${classes.preview}`}>
          <IconInfoCircle size={16} aria-hidden />
          Preview in a browser: not the Electron app
        </div>
      )}
      {!connected && (
        <div className={`${classes.banner} ${classes.lost}`} role="alert">
          <IconPlugConnectedX size={16} aria-hidden />
          The part of Wrenchbook that runs procedures has stopped. It is being restarted; runs reopen where they were.
        </div>
      )}
    </>
  );
}
