/** Whether the part that runs procedures is there. `epoch` goes up with each new connection: what was attached has to be attached again. */
import { create } from 'zustand';
import { api } from '../window-api.ts';

export const useConnection = create<{ connected: boolean; epoch: number }>(() => ({ connected: true, epoch: 0 }));

export function followConnection(onConnected: () => void): void {
  api.onConnection((connected) => {
    const was = useConnection.getState();
    useConnection.setState({ connected, epoch: connected && !was.connected ? was.epoch + 1 : was.epoch });
    if (connected && !was.connected) onConnected();
  });
}
