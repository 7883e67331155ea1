import type { JsonObject } from "@quarterdeck/meta";
import { Random } from "../process/random.js";
import { messageOf, type NativeKind } from "./native-kinds.js";
import { RandomMessages } from "./random-message.js";

const FIRST = Number(process.env.QUARTERDECK_PROTOBUF_SEED ?? 1);
const OBJECTS = Number(process.env.QUARTERDECK_PROTOBUF_OBJECTS ?? 5);
/** How likely a field is set: all of them, then fewer, then none. */
const DENSITIES = [1, 0.9, 0.5, 0.2, 0] as const;

/** Objects of a kind with all, some and none of their fields set, the same ones each time. */
export function* randomObjects(kind: NativeKind): Iterable<JsonObject> {
  const { apiVersion, kind: name } = kind.version;
  for (let index = 0; index < OBJECTS; index++) {
    const density = DENSITIES[index % DENSITIES.length] ?? 1;
    const messages = new RandomMessages(new Random(FIRST + index), density);
    yield { apiVersion, kind: name, ...messages.root(messageOf(kind)) };
  }
}
