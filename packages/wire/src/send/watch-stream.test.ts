import { StatusError } from "@quarterdeck/meta";
import { describe, expect, it } from "vitest";
import { negotiate } from "../negotiate/negotiate.js";
import { descriptorOf, encodedOf, overHttp1, overHttp2, rollout, v1, v1beta1 } from "../testing/wire.fixture.js";
import { type FrameShare, openWatchStream, type WatchStream } from "./watch-stream.js";

const one = encodedOf(rollout("a"), 5);
const descriptor = descriptorOf("typed");

function watching(run: (stream: WatchStream) => void, version = v1) {
  return (context: Parameters<typeof openWatchStream>[0]): void => {
    const stream = openWatchStream(context, descriptor, version, negotiate(context, "watch"));
    run(stream);
    stream.end();
    stream.event("ADDED", one);
    stream.end();
  };
}

describe("WatchStream", () => {
  const run = (stream: WatchStream): void => {
    stream.event("ADDED", one);
    stream.event("DELETED", one);
    stream.bookmark(9, false);
    stream.bookmark(10, true);
    stream.error(StatusError.expired("too old resource version: 1 (9)").status);
  };
  const expected =
    `{"type":"ADDED","object":${one.bytes.toString("utf8")}}\n{"type":"DELETED","object":${one.bytes.toString("utf8")}}\n` +
    '{"type":"BOOKMARK","object":{"kind":"Rollout","apiVersion":"example.com/v1","metadata":{"resourceVersion":"9"}}}\n' +
    '{"type":"BOOKMARK","object":{"kind":"Rollout","apiVersion":"example.com/v1","metadata":{"resourceVersion":"10","annotations":{"k8s.io/initial-events-end":"true"}}}}\n' +
    '{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: 1 (9)","reason":"Expired","code":410}}\n';

  it("writes a line an event, on both protocols, and nothing after the end", async () => {
    const answer = await overHttp1(watching(run), { accept: "application/json;stream=watch", "user-agent": "curl/8" });
    expect(answer.text).toBe(expected);
    expect(answer.headers).toMatchObject({ "content-type": "application/json", "transfer-encoding": "chunked" });
    expect(answer.headers["content-length"]).toBeUndefined();
    expect((await overHttp2(watching(run))).text).toBe(expected);
  });

  it("sends the headers before any event", async () => {
    let stream: WatchStream | undefined;
    const answer = overHttp1((context) => {
      stream = openWatchStream(context, descriptor, v1, negotiate(context, "watch"));
      expect(context.res.headersSent).toBe(true);
      setTimeout(() => stream?.end(), 20);
    });
    expect((await answer).text).toBe("");
    expect(stream?.closed).toBe(true);
  });

  it("makes a shared line once for each type, form and version", async () => {
    const made: string[] = [];
    const kept = new Map<string, Buffer>();
    const share: FrameShare = {
      frame(key, make) {
        const frame = kept.get(key) ?? make(one);
        if (!kept.has(key)) made.push(key);
        kept.set(key, frame);
        return frame;
      },
    };
    const partial = { accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io" };
    const run = (stream: WatchStream): void => {
      stream.event("ADDED", one, share);
      stream.event("MODIFIED", one, share);
    };
    const first = await overHttp1(watching(run));
    expect((await overHttp1(watching(run))).text).toBe(first.text);
    expect(made).toHaveLength(2);
    expect((await overHttp1(watching(run), partial)).text).toContain('"kind":"PartialObjectMetadata"');
    expect((await overHttp1(watching(run, v1beta1))).text).toContain("example.com/v1beta1");
    expect(new Set(made).size).toBe(6);
  });

  it("writes tables whose columns come with the first event alone", async () => {
    const answer = await overHttp1(
      watching((stream) => {
        stream.event("ADDED", one);
        stream.event("MODIFIED", one);
        stream.bookmark(9, true);
      }),
      { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
    );
    const events = answer.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map((event) => [event.type, event.object.kind, event.object.columnDefinitions?.length])).toEqual([
      ["ADDED", "Table", 2],
      ["MODIFIED", "Table", undefined],
      ["BOOKMARK", "Table", undefined],
    ]);
    expect(events[2].object).toMatchObject({
      metadata: { resourceVersion: "9" },
      rows: [
        {
          cells: ["", "<unknown>"],
          object: { kind: "PartialObjectMetadata", metadata: { annotations: { "k8s.io/initial-events-end": "true" } } },
        },
      ],
    });
  });

  it("counts what a slow client has not taken, and closes with it", async () => {
    const chunk = encodedOf(rollout("big", { text: "x".repeat(500_000) }));
    let queued = 0;
    let stream: WatchStream | undefined;
    await expect(
      overHttp1((context) => {
        stream = openWatchStream(context, descriptor, v1, negotiate(context, "watch"));
        for (let index = 0; index < 40; index++) stream.event("ADDED", chunk);
        queued = stream.queuedBytes;
        context.req.socket.destroy();
      }),
    ).rejects.toThrow();
    expect(queued).toBeGreaterThan(1_000_000);
    expect(stream?.closed).toBe(true);
    expect(stream?.queuedBytes).toBe(0);
  });
});
