import type { ResourceDescriptor } from "@quarterdeck/scheme";
import { describe, expect, it } from "vitest";
import { parseYaml } from "../decode/parse-yaml.js";
import type { EncodedObject } from "../encoded-object.js";
import { negotiate } from "../negotiate/negotiate.js";
import {
  type Answer,
  descriptorOf,
  encodedOf,
  overHttp1,
  overHttp2,
  rollout,
  v1,
  v1beta1,
} from "../testing/wire.fixture.js";
import type { ListPage } from "./list-page.js";
import { sendList } from "./send-list.js";

const typed = descriptorOf("typed");
const custom = descriptorOf("custom");

function pageOf(items: readonly EncodedObject[], rest: Partial<ListPage> = {}): ListPage {
  return { items, revision: 99, continueToken: undefined, remainingItemCount: undefined, ...rest };
}

async function list(
  page: ListPage,
  headers: { [name: string]: string } = {},
  {
    descriptor = typed,
    version = v1,
    path = "/",
  }: { descriptor?: ResourceDescriptor; version?: typeof v1; path?: string } = {},
): Promise<Answer> {
  return overHttp1(
    (context) => sendList(context, descriptor, version, negotiate(context, "list"), page),
    headers,
    path,
  );
}

const two = [encodedOf(rollout("a"), 3), encodedOf(rollout("b"), 4)];
const meta = (name: string, revision: number): string =>
  `"metadata":{"name":"${name}","namespace":"demo","uid":"uid-${name}","resourceVersion":"${revision}","generation":1,"creationTimestamp":"2020-01-01T00:00:00Z"}`;
const long = Array.from({ length: 1000 }, (_, index) =>
  encodedOf(rollout(`n${index}`, { text: "é<".repeat(200) }), index + 1),
);

describe("sendList", () => {
  it("writes a typed list without the items' kind, byte for byte", async () => {
    const { status, headers, text, raw } = await list(pageOf(two, { continueToken: "abc", remainingItemCount: 5 }));
    expect(status).toBe(200);
    expect(text).toBe(
      '{"kind":"RolloutList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"99","continue":"abc","remainingItemCount":5},' +
        `"items":[{${meta("a", 3)},"spec":{"image":"a"}},{${meta("b", 4)},"spec":{"image":"a"}}]}`,
    );
    expect(headers["content-length"]).toBe(String(raw.length));
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["cache-control"]).toBe("no-cache, private");
  });

  it("writes a custom list with them, and an empty one", async () => {
    const { text } = await list(pageOf(two), {}, { descriptor: custom });
    expect(text).toContain(`"items":[${two.map(({ bytes }) => bytes.toString("utf8")).join(",")}]}`);
    const empty = '{"kind":"RolloutList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"99"},"items":[]}';
    for (const descriptor of [typed, custom]) expect((await list(pageOf([]), {}, { descriptor })).text).toBe(empty);
  });

  it("converts to another version", async () => {
    const { text } = await list(pageOf(two), {}, { version: v1beta1 });
    expect(JSON.parse(text)).toMatchObject({
      apiVersion: "example.com/v1beta1",
      items: [{ converted: true }, { converted: true }],
    });
    expect(text).not.toContain('{"kind":"Rollout"');
  });

  it.each([typed, custom])("writes long lists in chunks with their length, on both protocols", async (descriptor) => {
    const expected = descriptor === typed ? undefined : long.map(({ bytes }) => bytes.toString("utf8")).join(",");
    const one = await list(pageOf(long), {}, { descriptor });
    expect(one.headers["content-length"]).toBe(String(one.raw.length));
    expect(one.raw.length).toBeGreaterThan(3 * 128 * 1024);
    expect(JSON.parse(one.text).items.map((item: { metadata: object }) => item.metadata)).toEqual(
      long.map(({ object }) => object.metadata),
    );
    if (expected !== undefined) expect(one.text).toContain(expected);
    const other = await overHttp2((context) =>
      sendList(context, descriptor, v1, negotiate(context, "list"), pageOf(long)),
    );
    expect(other.text).toBe(one.text);
    const huge = encodedOf(rollout("huge", { text: "x".repeat(1_000_000) }));
    const mixed = await list(pageOf([...two, huge, ...two]), {}, { descriptor });
    expect(JSON.parse(mixed.text).items).toHaveLength(5);
    expect(mixed.headers["content-length"]).toBe(String(mixed.raw.length));
  });

  it("compresses above 128 KiB only", async () => {
    const plain = await list(pageOf(long));
    const gzip = await list(pageOf(long), { "accept-encoding": "gzip" });
    expect(gzip.headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept-Encoding" });
    expect(gzip.headers["content-length"]).toBeUndefined();
    expect(gzip.raw.length).toBeLessThan(plain.raw.length / 4);
    expect(gzip.text).toBe(plain.text);
    expect((await list(pageOf(two), { "accept-encoding": "gzip" })).headers["content-encoding"]).toBeUndefined();
    const overTwo = await overHttp2(
      (context) => sendList(context, typed, v1, negotiate(context, "list"), pageOf(long)),
      {
        "accept-encoding": "gzip",
      },
    );
    expect(overTwo.text).toBe(plain.text);
  });

  it.each([0, 1, 2, 1000])("indents %d items as JSON.stringify does", async (count) => {
    const page = pageOf(long.slice(0, count));
    const plain: unknown = JSON.parse((await list(page)).text);
    const pretty = await list(page, { "user-agent": "curl/8" });
    expect(pretty.text).toBe(JSON.stringify(plain, null, 2).replaceAll("<", "\\u003c"));
    const table = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };
    const rows: unknown = JSON.parse((await list(page, table)).text);
    const prettyRows = await list(page, { ...table, "user-agent": "curl/8" });
    expect(prettyRows.text).toBe(
      JSON.stringify(rows, null, 2).replace(/[<>]/g, (char) => (char === "<" ? "\\u003c" : "\\u003e")),
    );
  });

  it.each([0, 2, 1000])("writes %d items as YAML", async (count) => {
    const page = pageOf(long.slice(0, count), { continueToken: "c" });
    const plain: unknown = JSON.parse((await list(page)).text);
    const yaml = await list(page, { accept: "application/yaml" });
    expect(yaml.headers["content-type"]).toBe("application/yaml");
    expect(parseYaml(yaml.raw).value).toEqual(plain);
    const table = "application/yaml;as=Table;v=v1;g=meta.k8s.io";
    const rows = parseYaml((await list(page, { accept: table })).raw).value;
    expect(rows).toMatchObject({ kind: "Table", metadata: { continue: "c" } });
    expect(Object(rows).rows).toHaveLength(count);
  });

  it("writes a table", async () => {
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
    const { text } = await list(pageOf(two, { continueToken: "c", remainingItemCount: 1 }), { accept });
    const table = JSON.parse(text);
    expect(Object.keys(table)).toEqual(["kind", "apiVersion", "metadata", "columnDefinitions", "rows"]);
    expect(table).toMatchObject({
      kind: "Table",
      apiVersion: "meta.k8s.io/v1",
      metadata: { resourceVersion: "99", continue: "c", remainingItemCount: 1 },
      columnDefinitions: [
        { name: "Name", type: "string", format: "name", description: "the name", priority: 0 },
        { name: "Age", type: "date", format: "", description: "<age>", priority: 0 },
      ],
    });
    expect(table.rows[1].cells).toEqual(["b", expect.stringMatching(/^\d+y(\d+d)?$/)]);
    expect(table.rows[1].object).toEqual({
      kind: "PartialObjectMetadata",
      apiVersion: "meta.k8s.io/v1",
      metadata: two[1]?.object.metadata,
    });
    const old = await list(
      pageOf(two),
      { accept: "application/json;as=Table;v=v1beta1;g=meta.k8s.io" },
      { path: "/?includeObject=Object" },
    );
    expect(JSON.parse(old.text)).toMatchObject({
      apiVersion: "meta.k8s.io/v1beta1",
      rows: [{ object: two[0]?.object }, {}],
    });
    const none = await list(pageOf(two), { accept }, { path: "/?includeObject=None" });
    expect(JSON.parse(none.text).rows[0].object).toBeNull();
  });

  it("cuts metadata out whatever it holds", async () => {
    const tricky = rollout("t");
    tricky.metadata.annotations = { a: '}]"\\', b: "{[", c: '"}}' };
    tricky.metadata.managedFields = [{ manager: "m", fieldsV1: { "f:x": { 'k:{"a":"}"}': {} } } }];
    const encoded = encodedOf(tricky);
    const { text } = await list(pageOf([encoded]), {
      accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
    });
    expect(JSON.parse(text)).toEqual({
      kind: "PartialObjectMetadataList",
      apiVersion: "meta.k8s.io/v1",
      metadata: { resourceVersion: "99" },
      items: [{ kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: encoded.object.metadata }],
    });
  });

  it("stops when the client goes away", async () => {
    const many = Array.from({ length: 200 }, () => long).flat();
    let outcome: Promise<void> | undefined;
    await expect(
      overHttp1((context) => {
        outcome = sendList(context, typed, v1, negotiate(context, "list"), pageOf(many));
        setTimeout(() => context.req.socket.destroy(), 5);
        return outcome;
      }),
    ).rejects.toThrow();
    await expect(outcome).resolves.toBeUndefined();
  });
});
