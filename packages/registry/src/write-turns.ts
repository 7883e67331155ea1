import type { ObjectKey, ResourceStore } from "@quarterdeck/storage";

/** Ends a turn; the next in line has it then. */
export type EndTurn = () => void;

/** Who waits for their turn at which object of one store; an object whose line is empty is being written. */
type Lines = Map<string, (() => void)[]>;

const LINES = new WeakMap<ResourceStore, Lines>();

function linesOf(store: ResourceStore): Lines {
  let lines = LINES.get(store);
  if (lines === undefined) {
    lines = new Map();
    LINES.set(store, lines);
  }
  return lines;
}

/**
 * Waits for a turn at an object. Writers that have met at one take turns from then on: a try that another writer of this
 * server is going to defeat costs as much as one that succeeds. Rejects with the reason of `signal`.
 */
export async function takeTurn(
  store: ResourceStore,
  { namespace, name }: ObjectKey,
  signal: AbortSignal,
): Promise<EndTurn> {
  const lines = linesOf(store);
  const key = `${namespace}/${name}`;
  const line = lines.get(key);
  if (line === undefined) lines.set(key, []);
  else await stand(line, signal);
  return () => {
    const next = lines.get(key)?.shift();
    if (next === undefined) lines.delete(key);
    else next();
  };
}

function stand(line: (() => void)[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const proceed = (): void => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      line.splice(line.indexOf(proceed), 1);
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    line.push(proceed);
  });
}
