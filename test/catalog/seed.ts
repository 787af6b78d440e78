// The document that the bundled catalog is made of. It lies beside the repository where the project is developed;
// a clone elsewhere has only the bundled catalog.
import { existsSync, readFileSync } from "node:fs";

const PATH = "../shared/seed/drivers_locking_examples.rst";

export const seed: string | undefined = existsSync(PATH) ? readFileSync(PATH, "utf8") : undefined;

/** For tests that need the seed: why they are skipped, or that they are not. */
export const skipWithoutSeed: string | false = seed === undefined && `skipped: ${PATH} is not there`;
