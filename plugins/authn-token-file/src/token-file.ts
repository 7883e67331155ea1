import { readFile } from "node:fs/promises";
import { StatusError } from "@quarterdeck/meta";
import {
  type Authenticated,
  type AuthenticationRequest,
  type Authenticator,
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

const BEARER = /^bearer +(\S+) *$/i;

/** Authenticates bearer tokens that stand in a file; upstream's `--token-auth-file`. The file is read at the start. */
@Injectable()
export class TokenFile implements Authenticator, Lifecycle {
  #table: TokenTable | undefined;

  constructor(
    private readonly options: TokenFileOptions,
    private readonly logger: Logger,
    private readonly paths: Paths,
  ) {}

  async start(): Promise<void> {
    const path = this.paths.resolve(this.options.path);
    this.#table = TokenTable.parse(await readFile(path, "utf8"), path);
    this.logger.info("read the token file", { path, users: this.#table.size });
  }

  authenticate(request: AuthenticationRequest): Authenticated | undefined {
    const token = BEARER.exec(request.header("authorization") ?? "")?.[1];
    if (token === undefined) return undefined;
    if (this.#table === undefined) throw StatusError.unauthorized();
    const user = this.#table.find(token);
    return user === undefined ? undefined : { user };
  }
}
