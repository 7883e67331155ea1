import { type ListeningAt, ServerAddress } from "@quarterdeck/sdk";

/** Where the listener of a server is, told once it is there. */
export class ListenerAddress extends ServerAddress {
  #tell: (at: ListeningAt) => void = () => undefined;
  readonly #listening = new Promise<ListeningAt>((resolve) => {
    this.#tell = resolve;
  });

  tell(at: ListeningAt): void {
    this.#tell(at);
  }

  listening(): Promise<ListeningAt> {
    return this.#listening;
  }
}
