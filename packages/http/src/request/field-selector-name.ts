/**
 * The name that a field selector fixes by a term `metadata.name=x` or `metadata.name==x`, else the empty string;
 * authorization then asks for that one object. A name that no path could carry is not taken.
 */
export function nameOfFieldSelector(selector: string): string {
  if (!selector.includes("metadata.name=")) return "";
  for (const term of termsOf(selector)) {
    if (!term.startsWith("metadata.name=")) continue;
    const value = term.slice(term.startsWith("metadata.name==") ? 15 : 14);
    const name = value.replace(/\\([\\,=])/g, "$1");
    return isPathSegment(name) ? name : "";
  }
  return "";
}

/** True for what may stand as one segment of a path; upstream's `IsPathSegmentName`. */
export function isPathSegment(name: string): boolean {
  return name !== "." && name !== ".." && !name.includes("/") && !name.includes("%");
}

function termsOf(selector: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < selector.length; at++) {
    const char = selector[at];
    if (char === "\\") at++;
    else if (char === ",") {
      terms.push(selector.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(selector.slice(start));
  return terms;
}
