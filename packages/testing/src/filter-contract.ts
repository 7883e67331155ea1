import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { StatusError } from "@quarterdeck/meta";
import type { Filter, Lifecycle, RequestContext, RequestInfo, RequestState } from "@quarterdeck/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** What a sample request of a filter is made of. */
export interface SampleContext {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly requestInfo?: Partial<RequestInfo>;
  readonly state?: Partial<RequestState>;
}

/** A filter under test, with requests that it is known to pass on and to answer itself. */
export interface FilterContractOptions {
  readonly name: string;
  create(): (Filter & Lifecycle) | Promise<Filter & Lifecycle>;
  readonly passes: readonly SampleContext[];
  readonly answers: readonly SampleContext[];
}

const INFO: RequestInfo = {
  isResourceRequest: true,
  path: "/api/v1/namespaces/default/configmaps/sample",
  verb: "get",
  apiPrefix: "api",
  apiGroup: "",
  apiVersion: "v1",
  namespace: "default",
  resource: "configmaps",
  subresource: "",
  name: "sample",
  parts: ["configmaps", "sample"],
  fieldSelector: "",
  labelSelector: "",
};

/** A request context for a test: GET of the configmap `default/sample`, changed by what is given. */
export function requestContext(sample: SampleContext = {}): RequestContext {
  const req = new IncomingMessage(new Socket());
  const headers = new Map(Object.entries(sample.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const res = new ServerResponse(req);
  Object.assign(req, {
    method: sample.method ?? "GET",
    url: sample.path ?? INFO.path,
    headers: Object.fromEntries(headers),
  });
  return {
    req,
    res,
    method: sample.method ?? "GET",
    path: sample.path ?? INFO.path,
    querystring: "",
    state: {
      receivedAt: performance.now(),
      requestInfo: { ...INFO, ...sample.requestInfo },
      user: { name: "tester", groups: ["system:authenticated"] },
      signal: new AbortController().signal,
      warnings: [],
      longRunning: false,
      impersonator: undefined,
      audit: { id: "sample", annotate() {} },
      ...sample.state,
    },
    status: 404,
    body: undefined,
    get: (name) => headers.get(name.toLowerCase()) ?? "",
    set: (name, value) => void res.setHeader(name, value),
  };
}

/** The suite that every filter passes: call it at the top of a vitest file. */
export function filterContract(options: FilterContractOptions): void {
  describe(`${options.name} keeps the filter contract`, () => {
    let plugin: Filter & Lifecycle;
    beforeAll(async () => {
      plugin = await options.create();
      await plugin.start?.();
    });
    afterAll(() => plugin.stop?.());

    async function run(sample: SampleContext, next: () => Promise<void>): Promise<void> {
      await plugin.handle(requestContext(sample), next);
    }

    it.each(options.passes.map((one, index) => [index, one] as const))(
      "passes request %i on exactly once",
      async (_index, sample) => {
        let calls = 0;
        await run(sample, async () => void calls++);
        expect(calls).toBe(1);
      },
    );

    it.each(options.passes.map((one, index) => [index, one] as const))(
      "ends request %i only after what is behind it",
      async (_index, sample) => {
        let ended = false;
        await run(sample, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          ended = true;
        });
        expect(ended).toBe(true);
      },
    );

    it.each(options.passes.map((one, index) => [index, one] as const))(
      "lets an error behind request %i through",
      async (_index, sample) => {
        const error = StatusError.badRequest("from behind");
        await expect(run(sample, () => Promise.reject(error))).rejects.toBe(error);
      },
    );

    it.each(options.answers.map((one, index) => [index, one] as const))(
      "answers request %i without passing it on",
      async (_index, sample) => {
        let calls = 0;
        await run(sample, async () => void calls++).catch((error: unknown) => {
          // Only a StatusError is an answer; anything else is a crash.
          if (!StatusError.is(error)) throw error;
        });
        expect(calls).toBe(0);
      },
    );
  });
}
