import type { JsonObject, KubeObject } from "@quarterdeck/meta";
import { comparable, differences } from "./comparable.js";
import type { ComparedServer, ServerAnswer } from "./compared-server.js";
import { type Mutation, mutationsOf } from "./mutations.js";

const AT_ONCE = 8;
const CONFLICT = 409;
const NAMESPACE = "compared";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
const MERGE = { "content-type": "application/merge-patch+json" };
const STRATEGIC = { "content-type": "application/strategic-merge-patch+json" };
const APPLY = { "content-type": "application/apply-patch+yaml" };

/** A request that the two servers answered differently. */
export interface Difference {
  readonly kind: string;
  /** What was asked, and of what. */
  readonly request: string;
  /** Each place in the answer, with both sides. */
  readonly places: readonly string[];
}

/** One request, as it is to be sent to each server. */
interface Question {
  readonly kind: string;
  readonly request: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
}

/** The collection that an object belongs to. */
export type PlaceOf = (object: KubeObject, namespace: string) => string;

/** The strategic and merge patch that makes a change, when it is not inside a list. */
function patchFor({ path, value }: Mutation): JsonObject | undefined {
  if (path.some((step) => typeof step === "number")) return undefined;
  let patch: unknown = value ?? null;
  for (const step of [...path].reverse()) patch = { [step]: patch };
  return Object(patch);
}

/** Asks two servers the same things and keeps what they answer differently. */
export class Comparison {
  readonly found: Difference[] = [];
  asked = 0;

  constructor(
    private readonly ours: ComparedServer,
    private readonly theirs: ComparedServer,
    private readonly placeOf: PlaceOf,
  ) {}

  /** The namespace that objects are made in. */
  async prepare(): Promise<void> {
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } };
    for (const server of [this.ours, this.theirs]) await server.request("POST", "/api/v1/namespaces", body);
  }

  /** Creates of an object and of all its mutations, as dry runs. */
  async creates(object: KubeObject): Promise<void> {
    const path = `${this.placeOf(object, NAMESPACE)}?dryRun=All&fieldManager=one`;
    const kind = `${object.apiVersion} ${object.kind}`;
    const wanted = ([top, field]: Mutation["path"]) =>
      top !== "apiVersion" && top !== "kind" && (top !== "metadata" || field === "name");
    const ask = (request: string, body: JsonObject) =>
      this.#ask({ kind, request: `create ${request}`, method: "POST", path }, body, body);
    await ask("as it is", object);
    await eachOf(mutationsOf(object, wanted), (one) => ask(`${one.path.join(".")} ${one.change}`, one.object));
  }

  /** The object made on both, then reads, and updates, patches and deletes as dry runs. */
  async changes(object: KubeObject): Promise<void> {
    const { name } = object.metadata;
    if (name === undefined) return;
    const kind = `${object.apiVersion} ${object.kind}`;
    const collection = this.placeOf(object, NAMESPACE);
    const path = `${collection}/${name}`;
    const servers = [this.ours, this.theirs];
    const [made, asMade] = await Promise.all(
      servers.map((server) => server.request("POST", `${collection}?fieldManager=one`, object)),
    );
    try {
      if (made?.code !== 201 || asMade?.code !== 201) {
        this.#note({ kind, request: "create", method: "POST", path }, made, asMade);
        return;
      }
      const get = { kind, request: "get", method: "GET", path };
      await this.#ask(get);
      await this.#ask({ ...get, request: "get as a table", headers: { accept: TABLE } });
      const [own, live] = await Promise.all(servers.map((server) => server.request("GET", path)));
      await this.#updates(kind, path, own?.body ?? {}, live?.body ?? {});
      for (const policy of ["Background", "Foreground", "Orphan"]) {
        const query = `dryRun=All&propagationPolicy=${policy}`;
        await this.#ask({ kind, request: `delete ${policy}`, method: "DELETE", path: `${path}?${query}` });
      }
    } finally {
      for (const server of servers)
        await server.request("DELETE", `${path}?gracePeriodSeconds=0&propagationPolicy=Background`);
    }
  }

  async #updates(kind: string, path: string, own: JsonObject, live: JsonObject): Promise<void> {
    const dry = `${path}?dryRun=All&fieldManager=two`;
    const put = (what: string, ours: JsonObject, theirs: JsonObject): Promise<void> =>
      this.#put({ kind, request: `update ${what}`, method: "PUT", path: dry }, path, [ours, theirs]);
    await put("as it is", own, live);
    const wanted = ([top]: Mutation["path"]) => !["apiVersion", "kind", "metadata", "status"].includes(String(top));
    await eachOf(pairs(mutationsOf(own, wanted), mutationsOf(live, wanted)), async ([mine, one]) => {
      const what = `${one.path.join(".")} ${one.change}`;
      await put(what, mine.object, one.object);
      const patch = patchFor(one);
      if (patch === undefined) return;
      const base = { kind, method: "PATCH", path: dry };
      await this.#ask({ ...base, request: `merge patch ${what}`, headers: MERGE }, patch);
      await this.#ask({ ...base, request: `strategic patch ${what}`, headers: STRATEGIC }, patch);
      if (one.value === undefined) return;
      const { apiVersion, kind: kindName, metadata } = live;
      const config = { apiVersion, kind: kindName, metadata: { name: Object(metadata).name }, ...patch };
      await this.#ask({ ...base, path: `${dry}&force=true`, request: `apply ${what}`, headers: APPLY }, config);
    });
  }

  /** An update of what each server has now: its own controllers may write the object meanwhile, so one conflict is tried again. */
  async #put(question: Question, path: string, objects: readonly [JsonObject, JsonObject]): Promise<void> {
    const send = () =>
      Promise.all(
        [this.ours, this.theirs].map(async (server, side) => {
          const { body } = await server.request("GET", path);
          const { resourceVersion } = Object(body?.metadata);
          const { managedFields: _managed, creationTimestamp: _created, ...metadata } = Object(objects[side]?.metadata);
          const object = { ...objects[side], metadata: { ...metadata, resourceVersion } };
          return server.request("PUT", question.path, object);
        }),
      );
    let answers = await send();
    if (answers.some(({ code }) => code === CONFLICT)) answers = await send();
    this.#note(question, answers[0], answers[1]);
  }

  async #ask(question: Question, ours?: object, theirs: object | undefined = ours): Promise<void> {
    const { method, path, headers } = question;
    const [one, other] = await Promise.all([
      this.ours.request(method, path, ours, headers),
      this.theirs.request(method, path, theirs, headers),
    ]);
    this.#note(question, one, other);
  }

  #note({ kind, request }: Question, ours: ServerAnswer | undefined, theirs: ServerAnswer | undefined): void {
    if (ours === undefined || theirs === undefined) return;
    this.asked++;
    const places = [...differences(comparable(ours), comparable(theirs))];
    if (places.length > 0) this.found.push({ kind, request, places });
  }
}

/** The members of two series side by side, as far as both go. */
function* pairs<T>(one: Iterator<T>, other: Iterator<T>): Generator<[T, T], void> {
  for (
    let [left, right] = [one.next(), other.next()];
    !left.done && !right.done;
    [left, right] = [one.next(), other.next()]
  ) {
    yield [left.value, right.value];
  }
}

async function eachOf<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
