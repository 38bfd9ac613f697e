/** The sentence that screen readers are told. One region for the window, so that messages do not talk over each other. */
import { create } from 'zustand';

export const useAnnouncement = create<{ text: string }>(() => ({ text: '' }));

export function announce(text: string): void {
  if (text) useAnnouncement.setState({ text });
}
