import { readFile } from "node:fs/promises";
import { reasonOf, StatusError } from "@quarterdeck/meta";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
  bearerToken,
  Field,
  Injectable,
  type Lifecycle,
  Logger,
  Paths,
} from "@quarterdeck/sdk";
import { TokenTable } from "./token-table.js";

/** The options of the plugin. */
export class TokenFileOptions {
  @Field({
    required: true,
    minLength: 1,
    description: "CSV file of token,user,uid[,groups], from the folder of the config file",
  })
  path!: string;
}

/**
 * Authenticates bearer tokens that stand in a file; upstream's `--token-auth-file`. Unlike upstream it reads the file again
 * when it has changed; one that cannot be used then changes nothing and is told of in the log.
 */
@Injectable()
export class TokenFile implements Authenticator, Lifecycle {
  #table: TokenTable | undefined;
  #unwatch = (): void => {};

  constructor(
    private readonly options: TokenFileOptions,
    private readonly logger: Logger,
    private readonly paths: Paths,
  ) {}

  async start(): Promise<void> {
    const path = this.paths.resolve(this.options.path);
    await this.#read(path);
    this.#unwatch = this.paths.watch(path, () => void this.#readAgain(path));
  }

  stop(): void {
    this.#unwatch();
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    const token = bearerToken(request);
    if (token === undefined) return undefined;
    if (this.#table === undefined) throw StatusError.unauthorized();
    return this.#table.find(token);
  }

  async #read(path: string): Promise<void> {
    this.#table = TokenTable.parse(await readFile(path, "utf8"), path);
    this.logger.info("read the token file", { path, users: this.#table.size });
  }

  async #readAgain(path: string): Promise<void> {
    try {
      await this.#read(path);
    } catch (error) {
      const reason = reasonOf(error);
      this.logger.error("the token file cannot be used, its former tokens stay valid", { path, reason });
    }
  }
}
