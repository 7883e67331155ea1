/** The frames of HTTP/2 (RFC 9113, 6) that are sent or read here. */
export const FRAME = {
  data: 0,
  headers: 1,
  resetStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const FLAG = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const;

export const SETTING = {
  headerTableSize: 1,
  enablePush: 2,
  maxConcurrentStreams: 3,
  initialWindowSize: 4,
  maxFrameSize: 5,
};

export const ERROR_CODE = { none: 0, refusedStream: 7, cancel: 8 } as const;

export const LARGEST_WINDOW = 0x7fffffff;
export const FIRST_WINDOW = 65_535;

const HEAD = 9;
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** The head of a frame. */
export function frameHead(length: number, type: number, flags: number, stream: number): Buffer {
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUIntBE(length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return head;
}

/** A whole frame. */
export function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  return Buffer.concat([frameHead(payload.length, type, flags, stream), payload]);
}

/** A frame whose payload is one number of 32 bits. */
export function numberFrame(type: number, stream: number, value: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(value);
  return frame(type, 0, stream, payload);
}

/** What a client begins with: nothing is to be pushed or remembered, and as much may be sent as there is. */
export function opening(): Buffer {
  const settings = [
    [SETTING.headerTableSize, 0],
    [SETTING.enablePush, 0],
    [SETTING.initialWindowSize, LARGEST_WINDOW],
  ] as const;
  const payload = Buffer.alloc(settings.length * 6);
  for (const [index, [id, value]] of settings.entries()) {
    payload.writeUInt16BE(id, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  }
  return Buffer.concat([
    PREFACE,
    frame(FRAME.settings, 0, 0, payload),
    numberFrame(FRAME.windowUpdate, 0, LARGEST_WINDOW - FIRST_WINDOW),
  ]);
}

/** Told of each frame. */
export type OnFrame = (type: number, flags: number, stream: number, payload: Buffer) => void;

/** Cuts what comes in into frames. */
export class FrameSplitter {
  #rest: Buffer | undefined;

  constructor(private readonly onFrame: OnFrame) {}

  take(chunk: Buffer): void {
    // A frame has at most 16 KiB, so that what is put together stays small.
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = undefined;
    let at = 0;
    while (bytes.length - at >= HEAD) {
      const end = at + HEAD + bytes.readUIntBE(at, 3);
      if (end > bytes.length) {
        break;
      }
      const flags = bytes[at + 4] ?? 0;
      const type = bytes[at + 3] ?? 0;
      const stream = bytes.readUInt32BE(at + 5) & LARGEST_WINDOW;
      this.onFrame(type, flags, stream, bytes.subarray(at + HEAD, end));
      at = end;
    }
    if (at < bytes.length) {
      this.#rest = bytes.subarray(at);
    }
  }
}

/** What a frame of data or headers holds, without what fills it up and the priority that nobody uses any more. */
export function contentOf(type: number, flags: number, payload: Buffer): Buffer {
  const padded = (flags & FLAG.padded) !== 0;
  const start = (padded ? 1 : 0) + (type === FRAME.headers && (flags & FLAG.priority) !== 0 ? 5 : 0);
  return start === 0 ? payload : payload.subarray(start, payload.length - (padded ? (payload[0] ?? 0) : 0));
}
