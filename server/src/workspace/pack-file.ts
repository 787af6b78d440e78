import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { deserialize, serialize } from "node:v8";

/** A value in a file: sealed, so that whatever is in the file, only what was written comes back. */

/** The length of a seal in bytes. */
const SEAL = 32;

/** Any value of plain data, maps and sets, under a seal that only the same label fits. */
export function sealed(label: string, value: unknown): Buffer {
  const content = serialize(value);
  return Buffer.concat([sealOf(label, content), content]);
}

/** The value, or `undefined` for bytes that were not sealed under the label, or not by a Node that this one understands. */
export function unsealed(label: string, bytes: Buffer): unknown {
  const content = bytes.subarray(SEAL);
  if (!bytes.subarray(0, SEAL).equals(sealOf(label, content))) {
    return undefined;
  }
  try {
    return deserialize(content);
  } catch {
    return undefined; // Written by a newer Node.
  }
}

function sealOf(label: string, content: Buffer): Buffer {
  return createHash("sha256").update(`${label.length} ${label}`).update(content).digest();
}

/** A file's bytes, or `undefined` where it cannot be read. */
export function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** How the names end of files that are not finished yet. */
export const UNFINISHED = ".tmp";

/**
 * Writes a whole file, so that who reads it meanwhile has the old content or the new one. Of two writers the last one wins.
 * @throws if the system refuses
 */
export function replaceFile(file: string, bytes: Buffer): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}-${randomBytes(6).toString("hex")}${UNFINISHED}`;
  try {
    writeFileSync(unfinished, bytes, { mode: 0o600 });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
