/** Nobody answers where the kubeconfig says that the server is. */
export class ServerUnreachableError extends Error {
  override readonly name = "ServerUnreachableError";

  constructor(server: string, cause: Error) {
    const code = "code" in cause ? String(cause.code) : cause.message;
    super(`no server answers at ${server} (${code}): is it running?`, { cause });
  }
}

/** The server said no. */
export class ServerAnswerError extends Error {
  override readonly name = "ServerAnswerError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(`the server says: ${message}`);
  }
}
