import type { JsonValue } from "@quarterdeck/meta";

/** What tells an item of a list from the others: its key, or the item itself. */
export type Identity = (item: JsonValue) => JsonValue | undefined;

/** The first place of every identity in a list. */
export function placesOf(identities: Iterable<JsonValue | undefined>): Map<JsonValue | undefined, number> {
  const places = new Map<JsonValue | undefined, number>();
  let place = 0;
  for (const identity of identities) {
    if (!places.has(identity)) places.set(identity, place);
    place++;
  }
  return places;
}

/**
 * Brings the items named in `wanted` into its order. The others keep theirs, and stand before the first wanted item
 * that the live list had behind them. Costs a sort, however long the lists are.
 */
export function arrange(
  items: readonly JsonValue[],
  identity: Identity,
  wanted: readonly (JsonValue | undefined)[],
  live: readonly JsonValue[],
): JsonValue[] {
  const order = placesOf(wanted);
  const places = placesOf(live.map(identity));
  const first: { readonly item: JsonValue; readonly at: number; readonly place: number | undefined }[] = [];
  const others: { readonly item: JsonValue; readonly place: number | undefined }[] = [];
  for (const item of items) {
    const name = identity(item);
    const at = order.get(name);
    const place = places.get(name);
    if (at === undefined) others.push({ item, place });
    else first.push({ item, at, place });
  }
  first.sort((a, b) => a.at - b.at);
  const arranged: JsonValue[] = [];
  let next = 0;
  for (const { item, place } of first) {
    for (let other = others[next]; other !== undefined && isBefore(other.place, place); other = others[++next]) {
      arranged.push(other.item);
    }
    arranged.push(item);
  }
  for (const { item } of others.slice(next)) arranged.push(item);
  return arranged;
}

function isBefore(place: number | undefined, other: number | undefined): boolean {
  return place !== undefined && other !== undefined && place < other;
}
