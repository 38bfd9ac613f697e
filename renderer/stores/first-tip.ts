/** The one tip of a first start; gone for good once it was put away. */
import { create } from 'zustand';
import { remembered } from './remembered.ts';

const kept = remembered('wrenchbook.first-tip', 'show');

export const useFirstTip = create<{ shown: boolean }>(() => ({ shown: kept.read() === 'show' }));

export function putTipAway(): void {
  kept.write('away');
  useFirstTip.setState({ shown: false });
}
