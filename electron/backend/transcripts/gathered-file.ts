/** A new file that is written in few large pieces, however small those are that come. */
import { type FileHandle, open } from 'node:fs/promises';

const gathering = 256 * 1024;

export class GatheredFile {
  /** So far, with what is still gathered. */
  bytes = 0;
  private readonly handle: FileHandle;
  private readonly space = Buffer.allocUnsafe(gathering);
  private used = 0;

  private constructor(handle: FileHandle) {
    this.handle = handle;
  }

  static async create(file: string): Promise<GatheredFile> {
    return new GatheredFile(await open(file, 'wx', 0o600));
  }

  /** The piece may be overwritten afterwards. */
  async write(piece: string | Buffer): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    this.bytes += bytes.length;
    if (this.used + bytes.length > gathering) await this.flush();
    if (bytes.length > gathering) await this.append(bytes);
    else this.used += bytes.copy(this.space, this.used);
  }

  /** Waits until all of it is on disk. */
  async sync(): Promise<void> {
    await this.flush();
    await this.handle.sync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async flush(): Promise<void> {
    await this.append(this.space.subarray(0, this.used));
    this.used = 0;
  }

  /** All of it, where the system takes a part at a time. */
  private async append(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) at += (await this.handle.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

/** Writes all pieces and waits until they are on disk. Returns bytes. */
export async function writePieces(place: string, pieces: AsyncIterable<string | Buffer>): Promise<number> {
  const file = await GatheredFile.create(place);
  try {
    for await (const piece of pieces) await file.write(piece);
    await file.sync();
    return file.bytes;
  } finally {
    await file.close();
  }
}
