/** Makes the VSIX that is tested and shipped, out of what `dist/` holds. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { packagedExtension, repository } from "./paths.ts";
import { PlainError } from "./terminal.ts";

/** The path of the new package. */
export async function packageExtension(): Promise<string> {
  const missing = ["client.js", "server.js"].filter((name) => !existsSync(join(repository, "dist", name)));
  if (missing.length > 0) throw new PlainError(`Not built yet: dist/${missing.join(", dist/")}`);
  await createVSIX({
    cwd: repository,
    packagePath: packagedExtension,
    // Everything that is needed is bundled; `.vscodeignore` lists what goes in.
    dependencies: false,
    allowMissingRepository: true,
    // The pictures are in the package, beside the README.
    rewriteRelativeLinks: false,
  });
  return packagedExtension;
}
