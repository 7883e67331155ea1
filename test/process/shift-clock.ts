import { readFileSync } from "node:fs";

/**
 * Preloaded into a server (`NODE_OPTIONS=--import=…`), this lets a test move the clock of that one process: on SIGUSR2
 * the wall clock jumps to the true time plus the milliseconds that the file named by `QUARTERDECK_TEST_CLOCK` holds.
 * Timers go on undisturbed, as they do when the clock of a machine is set.
 */
const file = process.env.QUARTERDECK_TEST_CLOCK;

if (file !== undefined) {
  const TrueDate = Date;
  let offset = 0;
  const now = (): number => TrueDate.now() + offset;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (_, parts, target) => Reflect.construct(TrueDate, parts.length === 0 ? [now()] : parts, target),
    apply: () => new TrueDate(now()).toString(),
    get: (_, name) => (name === "now" ? now : Reflect.get(TrueDate, name)),
  });
  process.on("SIGUSR2", () => {
    offset = Number(readFileSync(file, "utf8"));
  });
}
