import { isDeepStrictEqual } from "node:util";
import { type KubeObject, StatusError } from "@quarterdeck/meta";
import type { ResourceClient } from "@quarterdeck/sdk";

const ATTEMPTS = 5;

function isReason(error: unknown, ...reasons: string[]): boolean {
  return StatusError.is(error) && reasons.includes(error.reason ?? "");
}

async function found(client: ResourceClient, { metadata }: KubeObject): Promise<KubeObject | undefined> {
  const { name = "", namespace = "" } = metadata;
  try {
    return await client.get({ name, namespace });
  } catch (error) {
    if (isReason(error, "NotFound")) return undefined;
    throw error;
  }
}

/** Without what the server adds; labels of others do not count. */
function content({ metadata: _metadata, ...fields }: KubeObject): object {
  return fields;
}

function isAsWanted(object: KubeObject, wanted: KubeObject): boolean {
  const labels = Object.entries(wanted.metadata.labels ?? {});
  return (
    labels.every(([key, value]) => object.metadata.labels?.[key] === value) &&
    isDeepStrictEqual(JSON.parse(JSON.stringify(content(object))), JSON.parse(JSON.stringify(content(wanted))))
  );
}

/** Creates an object that is not there. True when it did. */
export async function ensureObject(client: ResourceClient, wanted: KubeObject): Promise<boolean> {
  if ((await found(client, wanted)) !== undefined) return false;
  try {
    await client.create(wanted);
    return true;
  } catch (error) {
    if (isReason(error, "AlreadyExists")) return false;
    throw error;
  }
}

/** Makes an object say what it should, on what others have written since; an address type that changed is made anew. */
export async function keepObject(client: ResourceClient, wanted: KubeObject): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const object = await found(client, wanted);
    try {
      if (object === undefined) await client.create(wanted);
      else if (object.addressType !== wanted.addressType) await client.delete(address(object), ifStill(object));
      else if (isAsWanted(object, wanted)) return;
      else await client.update(merged(object, wanted));
      if (object?.addressType === wanted.addressType) return;
    } catch (error) {
      if (attempt >= ATTEMPTS || !isReason(error, "Conflict", "AlreadyExists", "NotFound")) throw error;
    }
    if (attempt >= ATTEMPTS) return;
  }
}

function address({ metadata: { name = "", namespace = "" } }: KubeObject): { name: string; namespace: string } {
  return { name, namespace };
}

function ifStill({ metadata: { uid = "" } }: KubeObject): { preconditions: { uid: string } } {
  return { preconditions: { uid } };
}

function merged(object: KubeObject, wanted: KubeObject): KubeObject {
  const labels = { ...object.metadata.labels, ...wanted.metadata.labels };
  return { ...wanted, metadata: { ...object.metadata, labels } };
}
