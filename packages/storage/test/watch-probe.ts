import type { ResourceStore, ResourceWatch, WatchOptions } from "../src/resource-store.js";

/** Records what a watch is told, as lines such as `ADDED default/a @5`. */
export class WatchProbe {
  readonly lines: string[] = [];
  readonly bookmarks: string[] = [];
  /** The state that the events lead to: JSON by key. */
  readonly state = new Map<string, string>();
  readonly ends: (Error | undefined)[] = [];
  watch: ResourceWatch | undefined;
  onLine: (line: string) => void = () => undefined;

  static async start(store: ResourceStore, options: Partial<WatchOptions> = {}): Promise<WatchProbe> {
    const probe = new WatchProbe();
    probe.watch = await store.watch(probe.options(options));
    return probe;
  }

  options(options: Partial<WatchOptions>): WatchOptions {
    return {
      namespace: "",
      allowBookmarks: false,
      onChange: (type, { object }) => {
        const path = `${object.namespace}/${object.name}`;
        if (type === "DELETED") this.state.delete(path);
        else this.state.set(path, object.bytes.toString());
        const line = `${type} ${path} @${object.revision}`;
        this.lines.push(line);
        this.onLine(line);
      },
      onBookmark: (revision, end) => this.bookmarks.push(`${revision}${end ? " end" : ""}`),
      onEnd: (error) => this.ends.push(error),
      ...options,
    };
  }
}
