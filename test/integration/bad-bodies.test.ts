import { describe, expect, it } from "vitest";
import { expectFailure } from "./support/expect-failure.js";
import { RawConnection } from "./support/raw-connection.js";
import { rawTarget } from "./support/raw-target.js";
import { rolloutsOf } from "./support/rollouts.js";
import { UntouchedServer } from "./support/untouched-server.js";

const MAPS = "/api/v1/namespaces/default/configmaps";
const ROLLOUTS = rolloutsOf("default");
const JSON_TYPE = "application/json";
const YAML_TYPE = "application/yaml";
const MERGE_TYPE = "application/merge-patch+json";
const JSON_PATCH_TYPE = "application/json-patch+json";
const DEEP = 100_000;

describe("bad bodies", () => {
  const untouched = new UntouchedServer();

  it.each([
    ["nothing", "", /unexpected end of JSON input \(<empty>\)$/],
    ["half an object", '{"metadata":{"name":"x"', /unexpected end of JSON input \(\{"metadata":\{"name":"x"\)$/],
    ["a stray comma", '{"metadata":{},}', /invalid character '}' .*\(\{"metadata":\{\},\}\)$/],
    ["single quotes", "{'metadata':{}}", /invalid character '\\''/],
    ["two objects", '{"metadata":{}}{}', /invalid character '\{' after top-level value/],
    ["a bare word", "hello", /invalid character 'h' looking for beginning of value/],
    ["a list", "[]", /cannot unmarshal array/],
    ["a string", '"x"', /cannot unmarshal string/],
    ["a control character in a string", '{"metadata":{"name":"a\nb"}}', /invalid character '\\n' in string literal/],
    ["a bad escape", '{"metadata":{"name":"\\x"}}', /invalid character 'x' in string escape code/],
    ["a bad number", '{"metadata":{"generation":01}}', /invalid character '1' after object key:value pair/],
    ["a huge number", '{"metadata":{"generation":1e999}}', /./],
    ["NaN", '{"metadata":{"generation":NaN}}', /invalid character 'N' looking for beginning of value/],
    ["a comment", '{"metadata":{}/* */}', /invalid character '\/' after object key:value pair/],
    ["NUL bytes", "\0\0\0\0", /invalid character '\\x00' looking for beginning of value/],
  ])("JSON that is %s", async (_what, body, detail) => {
    const response = await untouched.post(body);
    expect(response.status).toBe(400);
    expect(response.json()).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: expect.stringMatching(detail),
      reason: "BadRequest",
      code: 400,
    });
    expect(response.json<{ message: string }>().message).toMatch(
      /^(the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: |ConfigMap in version "v1" cannot be handled as a ConfigMap: )/,
    );
  });

  it.each([
    ["a tab for indentation", "metadata:\n\tname: x\n"],
    ["an open bracket", "metadata: {name: x\n"],
    ["an unknown alias", "metadata: *nothing\n"],
    ["two documents", "metadata: {name: x}\n---\nmetadata: {name: y}\n"],
    ["a list", "- a\n- b\n"],
    ["a bare word", "hello\n"],
    [
      "a laughing bomb",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij".replace(/./g, (key) => {
        const before = String.fromCharCode(key.charCodeAt(0) - 1);
        return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]\n`;
      })}`,
    ],
  ])("YAML that is %s", async (_what, body) => {
    const response = await untouched.post(body, YAML_TYPE);
    expect(response.status).toBe(400);
    expect(response.json()).toMatchObject({
      reason: "BadRequest",
      message: expect.stringMatching(/^the object provided is unrecognized \(must be of type ConfigMap\): /),
    });
  });

  it.each([
    ["null", JSON_TYPE],
    ["null", YAML_TYPE],
    ["", YAML_TYPE],
  ])("%j as %s, which is an object without a name", async (body, type) => {
    const response = await untouched.post(body, type);
    expect(response.status).toBe(422);
    expect(response.json()).toMatchObject({ message: expect.stringContaining("name or generateName is required") });
  });

  it.each([JSON_TYPE, YAML_TYPE])("bytes that are not UTF-8, as %s", async (type) => {
    const text =
      type === JSON_TYPE ? '{"metadata":{"name":"x"},"data":{"a":"?"}}' : "metadata: {name: x}\ndata: {a: '?'}\n";
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      const [before = "", after = ""] = text.split("?");
      const response = await untouched.post(
        Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]),
        type,
      );
      expect(response.status).toBe(400);
      expect(response.json()).toMatchObject({ reason: "BadRequest", message: expect.stringContaining("UTF-8") });
    }
  });

  it("more than 3 MiB, whether it says so or not", async () => {
    const message = "Request entity too large: limit is 3145728";
    const body = `{"metadata":{"name":"big"},"data":{"a":"${"x".repeat(3 * 1024 * 1024)}"}}`;
    for (const http of [1, 2] as const) {
      const announced = await untouched.server.request(MAPS, {
        method: "POST",
        http,
        headers: { "content-type": JSON_TYPE, "content-length": String(body.length) },
        body,
      });
      expectFailure(announced, 413, "RequestEntityTooLarge", message);
    }
    expectFailure(await untouched.post(body), 413, "RequestEntityTooLarge", message);
    expectFailure(
      await untouched.send("PATCH", `${MAPS}/there`, MERGE_TYPE, body),
      413,
      "RequestEntityTooLarge",
      message,
    );
    expectFailure(
      await untouched.send("DELETE", `${MAPS}/there`, JSON_TYPE, body),
      413,
      "RequestEntityTooLarge",
      message,
    );
    const chunked = await RawConnection.open(rawTarget(untouched.server));
    chunked.write(`POST ${MAPS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    for (let sent = 0; sent < 50; sent++) chunked.write(chunk);
    expect(await chunked.until(/"code":413/)).toMatch(/^HTTP\/1\.1 413 /);
    chunked.close();
  });

  it("a config map of more than 1 MiB, annotations of more than 256 KiB", async () => {
    const tooBig = { metadata: { name: "x" }, data: { a: "x".repeat(1024 * 1024 + 1) } };
    expectFailure(
      await untouched.post(JSON.stringify(tooBig)),
      422,
      "Invalid",
      'ConfigMap "x" is invalid: []: Too long: may not be more than 1048576 bytes',
      {
        name: "x",
        kind: "ConfigMap",
        causes: [{ reason: "FieldValueTooLong", message: "Too long: may not be more than 1048576 bytes", field: "[]" }],
      },
    );
    const annotated = { metadata: { name: "x", annotations: { a: "x".repeat(262_144) } } };
    const message = "Too long: may not be more than 262144 bytes";
    expectFailure(
      await untouched.post(JSON.stringify(annotated)),
      422,
      "Invalid",
      `ConfigMap "x" is invalid: metadata.annotations: ${message}`,
      {
        name: "x",
        kind: "ConfigMap",
        causes: [{ reason: "FieldValueTooLong", message, field: "metadata.annotations" }],
      },
    );
  });

  it.each([
    ["POST", MAPS, JSON_TYPE, `{"metadata":{"name":"x"},"a":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
    ["POST", MAPS, JSON_TYPE, `{"metadata":{"name":"x"},"a":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`],
    ["POST", MAPS, JSON_TYPE, "[".repeat(DEEP)],
    ["POST", MAPS, YAML_TYPE, `metadata: {name: x}\na: ${"[".repeat(DEEP)}${"]".repeat(DEEP)}\n`],
    ["POST", MAPS, YAML_TYPE, `${"? ".repeat(DEEP)}x\n`],
    ["POST", MAPS, YAML_TYPE, `${"- ".repeat(DEEP)}x\n`],
    ["POST", ROLLOUTS, JSON_TYPE, `{"spec":{"extensions":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}}`],
    ["PUT", `${MAPS}/there`, JSON_TYPE, `{"metadata":{"name":"there"},"a":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
    ["PATCH", `${MAPS}/there`, MERGE_TYPE, `{"data":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`],
    [
      "PATCH",
      `${MAPS}/there`,
      JSON_PATCH_TYPE,
      `[{"op":"add","path":"/data","value":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}]`,
    ],
    ["PATCH", `${ROLLOUTS}/there`, JSON_PATCH_TYPE, "[".repeat(DEEP)],
    ["DELETE", `${MAPS}/there`, JSON_TYPE, `{"preconditions":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
    ["POST", `${ROLLOUTS}/there/restart`, JSON_TYPE, `{"reason":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
    ["PUT", `${ROLLOUTS}/there/scale`, JSON_TYPE, `{"spec":${"[".repeat(DEEP)}${"]".repeat(DEEP)}}`],
  ])("100 000 levels: %s %s %s", async (method, path, type, body) => {
    const response = await untouched.send(method, path, type, body);
    expect(response.status).toBe(400);
    expect(response.json()).toMatchObject({
      kind: "Status",
      reason: "BadRequest",
      // Upstream's library for patches does not say what it is about one that it cannot read.
      message: expect.stringMatching(/depth|deep|^invalid JSON patch$/i),
    });
  });
});
