import type { RequestContext } from "@quarterdeck/sdk";
import { describe, expect, it } from "vitest";
import { negotiate } from "../negotiate/negotiate.js";
import { descriptorOf, encodedOf, overHttp1, overHttp2, rollout, v1 } from "../testing/wire.fixture.js";
import { WatchFanOut } from "./watch-fan-out.js";
import { type FrameShare, openWatchStream, type WatchStream } from "./watch-stream.js";

const one = encodedOf(rollout("a"), 5);
const line = `{"type":"ADDED","object":${one.bytes.toString("utf8")}}\n`;

/** Opens a watch of the fan-out over a real connection; `opened` gets its stream, the answer resolves at its end. */
function member(over: typeof overHttp1, opened: (stream: WatchStream, context: RequestContext) => void) {
  return over((context) => {
    const stream = openWatchStream(context, descriptorOf("typed"), v1, negotiate(context, "watch"));
    opened(stream, context);
  });
}

describe("WatchFanOut", () => {
  it("writes one line to all, on both protocols, and makes it once", async () => {
    let fanOut: WatchFanOut | undefined;
    const streams: WatchStream[] = [];
    let made = 0;
    const kept = new Map<string, Buffer>();
    const share: FrameShare = {
      frame(key, make) {
        const frame = kept.get(key) ?? make(one);
        if (!kept.has(key)) made += 1;
        kept.set(key, frame);
        return frame;
      },
    };
    const opened = (stream: WatchStream, context: RequestContext): void => {
      fanOut ??= new WatchFanOut(v1, negotiate(context, "watch"));
      fanOut.add(stream);
      streams.push(stream);
      if (streams.length < 3) return;
      expect(fanOut.size).toBe(3);
      expect(fanOut.event("ADDED", one, share)).toEqual([]);
      const [first] = streams;
      if (first !== undefined) fanOut.delete(first);
      fanOut.event("ADDED", one, share);
      expect(fanOut.size).toBe(2);
      for (const each of streams) each.end();
    };
    const answers = await Promise.all([
      member(overHttp1, opened),
      member(overHttp2, opened),
      member(overHttp2, opened),
    ]);
    expect(answers.map(({ text }) => text).sort()).toEqual([line, line + line, line + line]);
    expect(made).toBe(1);
  });

  it("names those whose buffer is full", async () => {
    const answer = member(overHttp2, (stream, context) => {
      const fanOut = new WatchFanOut(v1, negotiate(context, "watch"));
      fanOut.add(stream);
      let slow: readonly WatchStream[] = [];
      for (let n = 0; n < 10_000 && slow.length === 0; n++) slow = fanOut.event("ADDED", one, undefined);
      expect(slow).toEqual([stream]);
      expect(stream.queuedBytes).toBeGreaterThan(0);
      stream.end();
    });
    expect((await answer).text).toMatch(/^\{"type":"ADDED"/);
  });
});
