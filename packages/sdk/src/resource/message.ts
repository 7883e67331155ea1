import type { Constructor } from "../plugin/constructor.js";
import type { MessageShape } from "./message-shape.js";
import { updateRecord } from "./record.js";

const MESSAGE_KEY = "quarterdeck:resource/message";

/**
 * Says how objects of a class with `@Field`s are written in protobuf, where the numbers of its fields do not tell all: which
 * of them are pointers in Go, for one. Of a resource the message is that of the whole object. Made when it is first needed.
 */
export function Message(make: () => MessageShape): (owner: Constructor) => void {
  return (owner) => {
    let made: MessageShape | undefined;
    const once = (): MessageShape => {
      made ??= make();
      return made;
    };
    updateRecord<(() => MessageShape) | undefined>(owner, MESSAGE_KEY, undefined, () => once);
  };
}

/** The message of exactly this class; undefined for one whose fields say all. */
export function messageRecord(owner: object): (() => MessageShape) | undefined {
  return Reflect.getOwnMetadata(MESSAGE_KEY, owner);
}
