/** A container as far as tables tell of it. */
interface NamedContainer {
  readonly name: string;
  readonly image?: string;
}

/** What the containers of a template are called: `web,proxy`. */
export function containerNames(containers: readonly NamedContainer[] | null | undefined): string {
  return (containers ?? []).map(({ name }) => name).join(",");
}

/** What they are made of: `nginx:1.27,envoy:1.31`. */
export function containerImages(containers: readonly NamedContainer[] | null | undefined): string {
  return (containers ?? []).map(({ image = "" }) => image).join(",");
}
