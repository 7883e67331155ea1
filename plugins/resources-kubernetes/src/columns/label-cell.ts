/** Labels as tables show them, in order: `app=web,tier=front`; `<none>` without any. Upstream's `FormatLabels`. */
export function labelCell(labels: { readonly [key: string]: string } | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? "<none>" : pairs.sort().join(",");
}
