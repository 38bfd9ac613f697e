/** Hands the person's keystrokes to a running command, and their terminal back afterwards. */
export function passKeys(type: (data: string) => void): () => void {
  const { stdin } = process;
  const forward = (data: Buffer) => type(data.toString());
  stdin.setRawMode(true);
  stdin.on('data', forward);
  stdin.resume();
  return () => {
    stdin.off('data', forward);
    stdin.setRawMode(false);
    stdin.pause();
  };
}

/** Writes bytes of a run to the person's terminal; resolves when they were taken. */
export const showBytes = (stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> => new Promise((resolve) => stream.write(bytes, () => resolve()));
