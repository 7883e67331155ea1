// Joins the compiled server, its libraries and the plugins that ship with it into a few files (docs/adr/0007).
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Packages with native parts, which load files from beside their own. */
const external = [/^classic-level$/, /^oxc-transform$/, /^@oxc-project\/runtime/];

const bundle = await rolldown({
  input: {
    quarterdeck: here("./dist/bundled.js"),
    meta: here("../meta/dist/index.js"),
    sdk: here("../sdk/dist/index.js"),
    // Started in a thread of its own on Node 20, so it must be a file of its own.
    "typescript-hooks": here("../kernel/dist/loader/typescript-hooks.js"),
  },
  platform: "node",
  external,
  logLevel: "warn",
  treeshake: { moduleSideEffects: true },
});

await rm(here("./dist/bundle"), { recursive: true, force: true });
await bundle.write({
  dir: here("./dist/bundle"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunk-[name].js",
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  keepNames: true,
});
await bundle.close();
