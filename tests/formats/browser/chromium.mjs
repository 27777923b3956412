// A Chromium that needs neither root nor system libraries: the npm package carries it with what it links to.

import { existsSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Starts a browser: the one that ISOGLOSS_CHROMIUM names, else the one of the npm package, unpacked below `modules` once.
 * Without either it fails: a page that no browser has opened is not tested.
 */
export async function launch(modules) {
  const require = createRequire(join(modules, "package.json"));
  const { chromium } = require("playwright-core");
  const named = process.env.ISOGLOSS_CHROMIUM;
  if (named) return chromium.launch({ executablePath: named });
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("there is no packaged Chromium for this system: name one in ISOGLOSS_CHROMIUM");
  }
  const folder = join(modules, "chromium");
  if (!existsSync(folder)) await unpack(require, modules, folder);
  const env = { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts") };
  return chromium.launch({ executablePath: join(folder, "chromium"), env });
}

/** Unpacks next to the target, then renames: an interrupted run leaves nothing incomplete. */
async function unpack(require, modules, folder) {
  const part = mkdtempSync(join(modules, "chromium-"));
  // The package unpacks into the folder for temporary files, and its libraries only where this requests them.
  const before = process.env.TMPDIR;
  Object.assign(process.env, { TMPDIR: part, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" });
  const { default: packed } = await import(pathToFileURL(require.resolve("@sparticuz/chromium")));
  await (packed.default ?? packed).executablePath();
  delete process.env.AWS_LAMBDA_JS_RUNTIME;
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  // Its own configuration names a fixed folder; a browser without any font does not start.
  const dirs = [join(folder, "fonts"), "/usr/share/fonts"].map((path) => `<dir>${path.replaceAll("&", "&amp;")}</dir>`);
  writeFileSync(join(part, "fonts", "fonts.conf"), `<fontconfig>${dirs.join("")}</fontconfig>`);
  renameSync(part, folder);
}
