/** The direction of packages: each may import what stands left of it, nothing to its right. */
const ORDER = [
  "meta",
  "sdk",
  "scheme",
  "structured-merge",
  "wire",
  "storage",
  "admission",
  "registry",
  "http",
  "kernel",
  "cli",
];

/** Beside the line: admission needs sdk and meta alone, and testing starts whole servers. */
const ALLOWED = {
  // Libraries for plugins, which know as little of the server as plugins do.
  cel: ["meta", "sdk"],
  webhook: ["meta", "sdk"],
  "certificate-requests": ["meta", "sdk"],
  "service-network": ["meta", "sdk"],
  admission: ["meta", "sdk"],
  // An algorithm over JSON: it knows schemas and nothing of the server.
  "structured-merge": ["meta", "scheme"],
  // A test server has the one catalogue of plugins that the binary has.
  testing: ["meta", "sdk", "kernel", "cli"],
};

function allowedFor(name) {
  return ALLOWED[name] ?? ORDER.slice(0, ORDER.indexOf(name));
}

/** What only tests import: test files, fixtures, and the folders of packages/* that hold nothing else. */
const TESTS = ["\\.(test|fixture)\\.ts$", "^packages/[^/]+/(test|testing)/"];

const directions = [...ORDER, "cel", "webhook", "certificate-requests", "service-network", "testing"].map((name) => ({
  name: `direction-of-${name}`,
  severity: "error",
  from: { path: `^packages/${name}/src/`, pathNot: TESTS },
  to: { path: "^packages/", pathNot: [name, ...allowedFor(name)].map((one) => `^packages/${one}/`) },
}));

function onlyIn(library, packages) {
  return {
    name: `${library.replaceAll(/[^a-z]/g, "")}-only-in-${packages.join("-")}`,
    severity: "error",
    from: { path: "^(packages|plugins|docs)/", pathNot: packages.map((one) => `^packages/${one}/`) },
    to: { path: `node_modules/${library}/` },
  };
}

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: { pathNot: TESTS },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    ...directions,
    {
      name: "packages-do-not-import-plugins",
      comment: "Only the binary names the plugins that ship with it.",
      severity: "error",
      from: { path: "^packages/(?!cli/)", pathNot: TESTS },
      to: { path: "^plugins/" },
    },
    {
      name: "plugins-import-public-api-only",
      comment: "Every plugin of ours looks exactly like one a stranger would write.",
      severity: "error",
      from: { path: "^(plugins|docs/examples)/", pathNot: TESTS },
      to: {
        path: "^packages/",
        pathNot: ["meta", "sdk", "cel", "webhook", "certificate-requests", "service-network"].map(
          (one) => `^packages/${one}/`,
        ),
      },
    },
    {
      name: "plugins-stand-alone",
      severity: "error",
      from: { path: "^plugins/([^/]+)/", pathNot: TESTS },
      to: { path: "^plugins/", pathNot: "^plugins/$1/" },
    },
    onlyIn("inversify", ["kernel"]),
    onlyIn("cosmiconfig", ["kernel"]),
    onlyIn("(koa|@koa/router)", ["http"]),
    onlyIn("protobufjs", ["scheme", "wire"]),
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["source", "node", "import", "default"] },
  },
};
