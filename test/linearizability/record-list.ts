import { type ApiClient, ConnectionLost } from "../process/api-client.js";
import { type Collection, type LoadObject, type Sight, sightOf } from "../process/collection.js";
import type { History } from "./history.js";

interface ListAnswer {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly LoadObject[];
}

const MODES = ["fresh", "fresh", "pages", "pages", "exact", "atleast"];
const PAGE = 2;

function queryOf(mode: string, expected: number): string {
  if (mode === "pages") return `?limit=${PAGE}`;
  if (mode === "exact") return `?resourceVersion=${expected}&resourceVersionMatch=Exact`;
  if (mode === "atleast") return `?resourceVersion=${expected}&resourceVersionMatch=NotOlderThan`;
  return "";
}

/** Lists a collection in one of the ways there are; false when the server could not be reached. */
export async function recordList(
  client: number,
  server: ApiClient,
  { resource, path }: Collection,
  seen: number,
  history: History,
): Promise<boolean> {
  const chosen = MODES[Math.floor(Math.random() * MODES.length)] ?? "fresh";
  const mode = seen === 0 ? "fresh" : chosen;
  const query = queryOf(mode, seen);
  const call = history.now();
  const revisions: number[] = [];
  const items: Sight[] = [];
  try {
    for (let next: string | undefined = `${path}${query}`; next !== undefined; ) {
      const { status, text } = await server.request("GET", next);
      if (status === 503 || status === 504 || status === 429) return false;
      if (status !== 200) {
        history.write({ kind: "violation", time: history.now(), message: `GET ${next} answered ${status}: ${text}` });
        return true;
      }
      const list: ListAnswer = JSON.parse(text);
      revisions.push(Number(list.metadata.resourceVersion));
      items.push(...list.items.map(sightOf));
      const token = list.metadata.continue;
      next = token ? `${path}?limit=${PAGE}&continue=${token}` : undefined;
    }
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    return false;
  }
  const expected = mode === "exact" || mode === "atleast" ? { expected: seen } : {};
  history.write({ kind: "list", client, resource, mode, ...expected, call, return: history.now(), revisions, items });
  return true;
}
