import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

/** Names another folder for the cache, or switches it off. */
const VARIABLE = "CINDER_LOCKS_CACHE";

/** What decides where caches lie. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The user's own folder; absolute. */
  readonly home: string;
}

export function surroundings(): Surroundings {
  return { environment: process.env, platform: process.platform, home: homedir() };
}

/** The folder for what can be computed anew at any time, as each system keeps it; `undefined` where it is switched off. */
export function cacheFolder({ environment, platform, home }: Surroundings): string | undefined {
  const named = environment[VARIABLE];
  if (named !== undefined && named !== "") {
    return named === "off" ? undefined : resolve(named);
  }
  return join(systemCacheFolder(environment, platform, home), "cinder-locks");
}

function systemCacheFolder(
  environment: Surroundings["environment"],
  platform: NodeJS.Platform,
  home: string,
): string {
  switch (platform) {
    case "win32":
      return absolute(environment["LOCALAPPDATA"]) ?? join(home, "AppData", "Local");
    case "darwin":
      return join(home, "Library", "Caches");
    default:
      return absolute(environment["XDG_CACHE_HOME"]) ?? join(home, ".cache");
  }
}

/** The XDG specification has relative paths ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** Whether a path lies in a folder or is the folder, wherever links lead; neither needs to exist. */
export function liesIn(path: string, folder: string): boolean {
  const way = relative(realPathOf(folder), realPathOf(path));
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== "..";
}

/** The path with the links resolved in as much of it as exists. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
}
