import { readResponse, type TestResponse, type TestServer } from "@quarterdeck/testing";
import { ProtobufBody } from "@quarterdeck/wire";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nativeMessage } from "../../plugins/resources-kubernetes/src/facts/native-message.js";
import { createNamespace, listOf } from "./support/api-objects.js";
import { startExampleServer } from "./support/example-server.js";
import { type FuzzRequest, fuzzRequest } from "./support/fuzz-request.js";

const REQUESTS = Number(process.env.QUARTERDECK_FUZZ_REQUESTS ?? 2000);
const SEED = process.env.QUARTERDECK_FUZZ_SEED;
/** So many namespaces are worked on at once, each by one request after another. */
const LANES = 8;
const LANE_LENGTH = 5;
const PLAIN_ANSWERS = new Set(["404 page not found\n"]);

const STATUS_BODY = new ProtobufBody({ kind: "Status", apiVersion: "v1" }, nativeMessage("meta/v1.Status"));

/** The Status of an answer in a form that is read back here; undefined for another form. */
function statusOf(response: TestResponse): object | undefined {
  const type = response.headers["content-type"];
  if (type === "application/json") return response.json<object>();
  return type === "application/vnd.kubernetes.protobuf" ? STATUS_BODY.decode(response.body).object : undefined;
}

/** Drives one namespace and knows what must hold after each request. */
class Lane {
  #content = "";

  constructor(
    private readonly server: TestServer,
    private readonly namespace: string,
  ) {}

  async start(): Promise<void> {
    this.#content = await this.#read();
  }

  async run(requests: readonly FuzzRequest[]): Promise<void> {
    for (const request of requests) await this.#send(request);
  }

  async #send(drawn: FuzzRequest): Promise<void> {
    const request = { ...drawn, path: drawn.path.replace("/NS", `/${this.namespace}`) };
    const what = `${request.method} ${request.path} ${JSON.stringify(request.headers)} ${String(request.body)}`;
    const open = await this.server.open(request.path, request);
    if (open.status === 200 && request.method === "GET" && request.path.includes("watch")) {
      open.stream.on("error", () => undefined);
      open.close();
      return;
    }
    const response = await readResponse(open);
    this.#checkAnswer(request, response, what);
    const before = this.#content;
    this.#content = await this.#read();
    if (response.status >= 300) expect(this.#content, `a refused request changed something: ${what}`).toBe(before);
    else if (request.creates) await this.#checkCreated(request, response, what);
  }

  #checkAnswer({ method }: FuzzRequest, response: TestResponse, what: string): void {
    const { status, headers } = response;
    expect(status, what).toBeGreaterThanOrEqual(200);
    // The only server errors that a client may bring about are those that say "later" or "not in time".
    if (status >= 500) expect([503, 504], `${what}: ${response.text()}`).toContain(status);
    if (status < 400 || method === "HEAD") return;
    const failure = statusOf(response);
    if (failure !== undefined) {
      expect(failure, what).toEqual({
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message: expect.stringMatching(/./),
        reason: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        ...("details" in failure ? { details: expect.any(Object) } : {}),
        code: status,
      });
    } else if (headers["content-type"] === "application/yaml") {
      expect(response.text(), what).toMatch(new RegExp(`^code: ${status}$`, "m"));
      expect(response.text(), what).toMatch(/^kind: Status$/m);
    } else expect(PLAIN_ANSWERS, `${what}: ${response.text()}`).toContain(response.text());
  }

  async #checkCreated({ path, headers }: FuzzRequest, response: TestResponse, what: string): Promise<void> {
    expect(response.status, what).toBe(201);
    if (headers.accept?.includes("as=Table")) return;
    const { "content-type": _, ...asked } = headers;
    if (response.headers["content-type"] !== "application/json") return;
    const { name = "" } = response.json<{ metadata: { name?: string } }>().metadata;
    const [collection = "", query = ""] = path.split("?");
    const read = await this.server.request(`${collection}/${name}${query === "pretty=true" ? `?${query}` : ""}`, {
      headers: asked,
    });
    expect(read.status, what).toBe(200);
    expect(read.text(), what).toBe(response.text());
  }

  /** All that is stored in the namespace. */
  async #read(): Promise<string> {
    const paths = [
      `/api/v1/namespaces/${this.namespace}/configmaps`,
      `/api/v1/namespaces/${this.namespace}/secrets`,
      `/apis/delivery.example.com/v1/namespaces/${this.namespace}/rollouts`,
      `/apis/example.com/v1/namespaces/${this.namespace}/widgets`,
    ];
    const lists = await Promise.all(paths.map((path) => this.server.request(path)));
    return JSON.stringify(lists.map((list) => listOf(list).items));
  }
}

describe("any request at all", () => {
  let server: TestServer;
  const lanes: Lane[] = [];

  beforeAll(async () => {
    server = await startExampleServer();
    for (let lane = 0; lane < LANES; lane++) {
      const name = `lane-${lane}`;
      await createNamespace(server, name);
      const made = new Lane(server, name);
      await made.start();
      lanes.push(made);
    }
  });
  afterAll(() => server.stop());

  it(`is answered in form, stores what it says and nothing else (${REQUESTS} requests)`, async () => {
    const length = { minLength: LANE_LENGTH, maxLength: LANE_LENGTH };
    const batch = fc.array(fc.array(fuzzRequest, length), { minLength: LANES, maxLength: LANES });
    const property = fc.asyncProperty(batch, async (requests) => {
      await Promise.all(lanes.map((lane, index) => lane.run(requests[index] ?? [])));
    });
    // What fails may have left the server changed, so that a smaller case would not fail for the same reason.
    await fc.assert(property, {
      numRuns: Math.ceil(REQUESTS / (LANES * LANE_LENGTH)),
      endOnFailure: true,
      ...(SEED === undefined ? {} : { seed: Number(SEED) }),
    });
    expect((await server.request("/readyz")).text()).toBe("ok");
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(server.logs.filter(({ message }) => message === "apiserver panic'd")).toEqual([]);
  }, 600_000);
});
