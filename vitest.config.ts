import { defineConfig } from "vitest/config";

// Not "import": said here it would also stand for `require`, and give libraries the wrong build of theirs.
const conditions = ["source", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "plugins/*/src/**/*.test.ts", "docs/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a test waits for comes at once; a machine that is busy with other tests may take seconds.
    expect: { poll: { timeout: 10_000 } },
  },
});
