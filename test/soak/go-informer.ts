import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { NAMESPACE } from "../process/collection.js";
import type { Follower } from "./follower.js";

/** Starts the informer of client-go and waits until it has synced. */
export async function startGoInformer(binary: string, kubeconfig: string): Promise<Follower> {
  const child = spawn(binary, ["-kubeconfig", kubeconfig, "-namespace", NAMESPACE], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the informer of client-go has ended");
    return value;
  };
  await next();
  return {
    name: "client-go",
    holdings: async () => {
      child.stdin.write("\n");
      const state: { readonly [resource: string]: { readonly [name: string]: string } } = JSON.parse(await next());
      return new Map(Object.entries(state).map(([resource, held]) => [resource, new Map(Object.entries(held))]));
    },
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
}
