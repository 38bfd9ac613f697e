/** Small settings of this window. Losing them costs nothing, so a storage that refuses is not an error. */

export function remembered(key: string, initial: string) {
  return {
    read(): string {
      try {
        return window.localStorage.getItem(key) ?? initial;
      } catch {
        return initial;
      }
    },
    write(value: string): void {
      try {
        window.localStorage.setItem(key, value);
      } catch {
        // Full or denied: the setting lasts as long as the window.
      }
    },
  };
}
