import { describe, expect, it } from "vitest";
import { ChainEditError, editChain } from "./edit-chain.js";
import type { NamedFilter } from "./named-filter.js";

function named(name: string): NamedFilter {
  return { name, source: "test", filter: { handle: (_context, next) => next() } };
}

const chain = [named("cors"), named("authentication"), named("authorization")];
const names = (filters: readonly NamedFilter[]) => filters.map((filter) => filter.name);

describe("editChain", () => {
  it("inserts before and after, replaces and removes, in order", () => {
    const edited = editChain(chain, [
      { before: "cors", use: named("first") },
      { after: "first", use: named("second") },
      { replace: "authentication", use: named("sso") },
      { remove: "authorization" },
      { after: "sso", use: named("last") },
    ]);
    expect(names(edited)).toEqual(["first", "second", "cors", "sso", "last"]);
    expect(names(chain)).toEqual(["cors", "authentication", "authorization"]);
  });

  it("replaces a filter by one of the same name", () => {
    const mine = { ...named("cors"), source: "mine" };
    expect(editChain(chain, [{ replace: "cors", use: mine }])[0]).toBe(mine);
  });

  it("names the nearest filter when the name is unknown", () => {
    const failure = catchError(() => editChain(chain, [{ remove: "cors" }, { remove: "autentication" }]));
    expect(failure).toMatchObject({ index: 1, filter: "autentication", suggestion: "authentication" });
    expect(failure?.message).toBe('filters[1]: no filter is named "autentication"; did you mean "authentication"?');
  });

  it("suggests nothing when no name is near", () => {
    expect(catchError(() => editChain(chain, [{ remove: "xyzzy" }]))?.suggestion).toBeUndefined();
  });

  it("refuses a second filter of one name", () => {
    const failure = catchError(() => editChain(chain, [{ before: "cors", use: named("authorization") }]));
    expect(failure?.message).toBe('filters[0]: a filter named "authorization" is in the chain already');
  });
});

function catchError(act: () => unknown): ChainEditError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof ChainEditError) return error;
    throw error;
  }
  return undefined;
}
