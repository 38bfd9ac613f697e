/** The file of one edit step on its target, as it is now. */
import type { FileBefore } from '../../../shared/api/edit.ts';
import type { PlannedStep } from '../../../shared/api/plan.ts';
import { posixCksum } from '../sessions/files/posix-cksum.ts';
import type { ReadFile, SessionFiles, TargetPath } from '../sessions/files/session-files.ts';
import type { FileDigest } from './file-digest.ts';

export interface SeenFile {
  place: string;
  /** The physical path of its folder. */
  folder: string;
  content: Buffer;
  /** Null where there is no such file. */
  is: FileBefore | null;
  /** Its folders that have to be made, the deepest first. */
  missing: readonly string[];
}

/** Of a step that names its one file. `root`: what the paths of a rehearsal are below; empty on a real target. */
export const targetPath = (edit: NonNullable<PlannedStep['edit']>, root: string): TargetPath => ({
  name: edit.file,
  place: edit.place,
  follow: edit.follow,
  root,
  ...(edit.createFolder && { newFolders: true }),
});

/** Throws FileTrouble. */
export const seeFile = async (files: SessionFiles, target: TargetPath, digest: FileDigest): Promise<SeenFile> => seenFile(await files.read(target), digest);

export const seenFile = ({ place, folder, state, content, missing }: ReadFile, digest: FileDigest): SeenFile => ({
  place,
  folder,
  content,
  missing,
  is: state && { sha256: digest.of(content), sum: digest.keyed ? '' : posixCksum(content), ...state },
});

/** Same content, mode and owner; or both are not there. */
export const sameFile = (one: FileBefore | null, other: FileBefore | null): boolean =>
  one === null || other === null ? one === other : one.sha256 === other.sha256 && one.mode === other.mode && one.uid === other.uid && one.gid === other.gid;
