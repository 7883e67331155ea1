import { status } from "@grpc/grpc-js";
import { CallError, connectionLost } from "./call-error.js";
import { decodeHeaders } from "./header-block.js";

/** Takes from the headers of an answer how the call went. */
export class Trailers {
  /** The blocks before an answer and behind one that succeeded are the same each time, so that they are read once. */
  static #opening: Buffer | undefined;
  static #success: Buffer | undefined;
  #result: "none" | "success" | CallError = "none";

  take(block: Buffer): void {
    if (Trailers.#success?.equals(block) === true) {
      this.#result = "success";
      return;
    }
    if (Trailers.#opening?.equals(block) === true) {
      return;
    }
    const headers = decodeHeaders(block);
    const code = headers.get("grpc-status");
    if (code === "0") {
      Trailers.#success = Buffer.from(block);
      this.#result = "success";
    } else if (code === undefined) {
      Trailers.#opening = Buffer.from(block);
    } else {
      const number = Number(code);
      const details = decoded(headers.get("grpc-message") ?? "");
      this.#result = new CallError(Number.isInteger(number) ? number : status.UNKNOWN, details);
    }
  }

  /** Undefined for success; `ended` is why the stream ended when that was before its time. */
  error(ended: Error | undefined): Error | undefined {
    if (this.#result === "success") {
      return undefined;
    }
    return this.#result === "none" ? (ended ?? connectionLost(undefined)) : this.#result;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
