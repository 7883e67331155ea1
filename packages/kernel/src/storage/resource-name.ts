import type { ResourceReference } from "@quarterdeck/sdk";

/** `rollouts.delivery.example.com`, or `events` for the core group: how people name a resource. */
export function resourceName({ group, resource }: ResourceReference): string {
  return group === "" ? resource : `${resource}.${group}`;
}
