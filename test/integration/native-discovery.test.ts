import { startTestServer, type TestServer } from "@quarterdeck/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CATEGORIES, NATIVE_RESOURCES, type NativeResource } from "./support/native-resources.js";

interface Row {
  readonly name: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

function titleOf({ groupVersion, name }: NativeResource): string {
  return `${groupVersion} ${name}`;
}

const VERSIONS = [...new Set(NATIVE_RESOURCES.map(({ groupVersion }) => groupVersion))];

describe("discovery of the native kinds", () => {
  let server: TestServer;
  const rows = new Map<string, Row>();

  beforeAll(async () => {
    server = await startTestServer({ config: { controllers: [] } });
    for (const version of VERSIONS) {
      const path = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
      const { resources = [] } = (await server.request(path)).json<{ resources?: readonly Row[] }>();
      for (const row of resources) rows.set(`${version} ${row.name}`, row);
    }
  });
  afterAll(() => server.stop());

  it("is of the 72 resources and 49 subresources of upstream, and of no others", async () => {
    const subresources = NATIVE_RESOURCES.flatMap((one) =>
      [...one.subresources.keys()].map((name) => `${titleOf(one)}/${name}`),
    );
    expect([VERSIONS.length, NATIVE_RESOURCES.length, subresources.length]).toEqual([23, 72, 49]);
    const known = [...NATIVE_RESOURCES.map(titleOf), ...subresources];
    expect([...rows.keys()].filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !rows.has(name))).toEqual([]);
    const { groups } = (await server.request("/apis")).json<{
      groups: readonly { versions: readonly { groupVersion: string }[] }[];
    }>();
    const served = groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
    expect(["v1", ...served].sort()).toEqual([...VERSIONS].sort());
  });

  it.each(NATIVE_RESOURCES.map((one) => [titleOf(one), one] as const))("of %s is upstream's", (title, resource) => {
    const { namespaced, verbs, shortNames, subresources } = resource;
    const categories = Object.keys(CATEGORIES).filter((category) => CATEGORIES[category]?.includes(title));
    expect(rows.get(title)).toMatchObject({ namespaced, verbs });
    expect(rows.get(title)?.shortNames ?? []).toEqual(shortNames);
    expect(rows.get(title)?.categories ?? []).toEqual(categories);
    for (const [name, its] of subresources)
      expect(rows.get(`${title}/${name}`)).toMatchObject({ namespaced, verbs: its });
  });
});
