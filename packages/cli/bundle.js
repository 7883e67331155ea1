// Joins the compiled server, its libraries and the plugins that ship with it into a few files (docs/adr/0007).
import { cp, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Packages with native parts, which load files from beside their own. */
const external = [/^classic-level$/, /^etcd3(\/|$)/, /^@grpc\//, /^oxc-transform$/, /^@oxc-project\/runtime/];

/**
 * Data that libraries load at their start and this server never asks for: koa's table of all media types (it negotiates
 * itself) and cosmiconfig's default YAML loader (it gives its own).
 */
const unused = { "mime-db": "export default {};", "js-yaml": "export default {};" };

const leaveOutUnused = {
  name: "leave-out-unused",
  resolveId: (source) => (Object.hasOwn(unused, source) ? `\0${source}` : null),
  load: (id) => (id.startsWith("\0") && Object.hasOwn(unused, id.slice(1)) ? unused[id.slice(1)] : null),
};

const bundle = await rolldown({
  input: {
    quarterdeck: here("./dist/bundled.js"),
    meta: here("../meta/dist/index.js"),
    sdk: here("../sdk/dist/index.js"),
  },
  platform: "node",
  external,
  plugins: [leaveOutUnused],
  logLevel: "warn",
  checks: { eval: false },
});

await rm(here("./dist/bundle"), { recursive: true, force: true });
await bundle.write({
  dir: here("./dist/bundle"),
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunk-[name].js",
  // Names are kept: errors, logs and `describe` show those of classes.
  minify: { compress: true, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  keepNames: true,
});
await bundle.close();

// What `quarterdeck create` starts from, for where the package is installed without the examples.
const examples = here("../../docs/examples");
for (const entry of await readdir(examples, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  await cp(`${examples}/${entry.name}/src/index.ts`, here(`./dist/templates/${entry.name}/index.ts`));
}
