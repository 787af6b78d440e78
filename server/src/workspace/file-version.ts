import { createHash } from "node:crypto";
import { statSync } from "node:fs";

/** A file as the disk describes it, without a look at its content. */
export interface FileStamp {
  /** Size, number and times in nanoseconds, in one word. The same word is the same content if it was at rest. */
  readonly stamp: string;
  /**
   * Whether its last change was so long ago that a later one must have another time. A file that has just been
   * written may be written again within the same tick of the file system's clock (git calls it racily clean).
   */
  readonly isAtRest: boolean;
}

/** One content of a file, as it was read. */
export interface FileVersion extends FileStamp {
  /** Of the file's bytes. */
  readonly hash: string;
}

/** Longer than a tick of any file system: FAT counts in steps of two seconds. */
const AT_REST = 3_000_000_000n;

/** @throws if there is no such file */
export function stampOf(path: string): FileStamp {
  // The clock first, so that it can only be early.
  const now = BigInt(Date.now()) * 1_000_000n;
  const { size, ino, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return {
    stamp: `${size} ${ino} ${mtimeNs} ${ctimeNs}`,
    isAtRest: [mtimeNs, ctimeNs].every((time) => time + AT_REST < now),
  };
}

export function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64");
}
