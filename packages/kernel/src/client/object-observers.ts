import type { Logger, ObjectChange } from "@quarterdeck/sdk";
import type { ResourceStore, ResourceWatch, StoredObject } from "@quarterdeck/storage";

/** How long to wait before a watch that broke is opened again, in milliseconds. */
const RETRY = 1000;

type OnChange = (type: ObjectChange["type"], stored: StoredObject) => void;

/** Lets others have the event loop while all that is there is told, which may be a hundred thousand objects. */
const othersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One observer of one resource, across breaks of the store. */
class Observation {
  /** What the observer believes to be there, to tell what differs after a break; the store decides what stays parsed. */
  readonly #known = new Map<string, StoredObject>();
  #seen: Set<string> | undefined;
  #watch: ResourceWatch | undefined;
  #timer: NodeJS.Timeout | undefined;
  #toldCurrent = false;
  #ended = false;

  constructor(
    private readonly store: ResourceStore,
    private readonly onChange: OnChange,
    private readonly onCurrent: (() => void) | undefined,
    private readonly logger: Logger,
  ) {}

  /** Resolves when everything that is there has been told. */
  open(): Promise<void> {
    if (this.#ended) return Promise.resolve();
    const seen = new Set<string>();
    this.#seen = seen;
    return new Promise((resolve, reject) => {
      const watching = this.store.watch({
        namespace: "",
        sendInitialEvents: true,
        allowBookmarks: true,
        drained: othersFirst,
        onChange: (type, { object }) => this.#changed(type, object),
        onBookmark: (_revision, initialEventsEnd) => {
          if (!initialEventsEnd) return;
          this.#forgetUnseen(seen);
          this.#current();
          resolve();
        },
        onEnd: (error) => {
          resolve();
          if (error !== undefined) this.#again(error);
        },
      });
      watching.then((watch) => {
        this.#watch = watch;
        if (this.#ended) watch.close();
      }, reject);
    });
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#watch?.close();
  }

  #changed(type: ObjectChange["type"], object: StoredObject): void {
    const { key } = object;
    const known = this.#known.get(key);
    this.#seen?.add(key);
    if (type === "DELETED") {
      this.#known.delete(key);
      this.#tell(type, object);
      return;
    }
    this.#known.set(key, object);
    // Told again after a break, though nothing has happened to it.
    if (known?.revision === object.revision) return;
    this.#tell(known === undefined ? "ADDED" : "MODIFIED", object);
  }

  #forgetUnseen(seen: ReadonlySet<string>): void {
    this.#seen = undefined;
    for (const [key, object] of this.#known) {
      if (seen.has(key)) continue;
      this.#known.delete(key);
      this.#tell("DELETED", object);
    }
  }

  /** All that is there has been told, for the first time or again. */
  #current(): void {
    if (this.#ended || this.#toldCurrent) return;
    this.#toldCurrent = true;
    this.onCurrent?.();
  }

  #tell(type: ObjectChange["type"], stored: StoredObject): void {
    if (this.#ended) return;
    try {
      this.onChange(type, stored);
    } catch (error) {
      this.logger.error("an observer of objects failed", { key: stored.key, error });
    }
  }

  #again(error: unknown): void {
    if (this.#ended) return;
    this.logger.warn("a watch within the server ended and is opened again", { error: String(error) });
    this.#timer = setTimeout(() => {
      this.open().catch((failure: unknown) => this.#again(failure));
    }, RETRY).unref();
  }
}

/** The observers of plugins and controllers. They may come before the stores are filled; then they are told once that is so. */
export class ObjectObservers {
  readonly #all = new Set<Observation>();
  readonly #opening = new Set<Promise<void>>();
  #started = false;

  constructor(private readonly logger: Logger) {}

  observe(store: ResourceStore, onChange: OnChange, onCurrent?: () => void): () => void {
    const observation = new Observation(store, onChange, onCurrent, this.logger);
    this.#all.add(observation);
    if (this.#started) {
      // Nothing is told before this has returned.
      const opening = new Promise((resolve) => setImmediate(resolve))
        .then(() => observation.open())
        .finally(() => this.#opening.delete(opening));
      opening.catch((error: unknown) => this.logger.error("a resource cannot be observed", { error }));
      this.#opening.add(opening);
    }
    return () => {
      this.#all.delete(observation);
      observation.end();
    };
  }

  /** The stores are filled; resolves when every observer knows what is there. */
  async start(): Promise<void> {
    this.#started = true;
    await Promise.all([...this.#all].map((one) => one.open()));
  }

  /** Resolves when those who came after the start know what is there, too. */
  async ready(): Promise<void> {
    await Promise.all(this.#opening);
  }

  stop(): void {
    for (const one of this.#all) one.end();
    this.#all.clear();
  }
}
