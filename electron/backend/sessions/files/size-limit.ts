/** Largest file that is read or written through a terminal, in bytes. */
export const sizeLimit = 8 * 1024 * 1024;
