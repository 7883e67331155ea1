import { sendBytes } from "@quarterdeck/wire";
import { describe, expect, it } from "vitest";
import { fakeContext, sentText } from "../../testing/fake-context.js";
import type { ServerContext } from "../request/server-context.js";
import { WarningRecorder } from "./warning-recorder.js";

async function warn(context: ServerContext): Promise<void> {
  context.state.warnings.push('a "b"', 'a "b"');
  await sendBytes(context, 200, {}, Buffer.from("x"));
}

describe("warning-recorder", () => {
  it("sends each warning once, quoted", async () => {
    const context = fakeContext();
    await new WarningRecorder().handle(context, () => warn(context));
    expect(sentText(context).match(/^warning:.*$/gim)).toEqual(['Warning: 299 - "a \\"b\\""']);
  });

  it("is all that listens to warnings, and to those of its own request only", async () => {
    const context = fakeContext();
    await warn(context);
    expect(sentText(context)).not.toMatch(/^warning:/im);
    expect(fakeContext().state.warnings).toEqual([]);
  });
});
