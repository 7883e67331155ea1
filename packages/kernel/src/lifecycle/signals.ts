import type { Logger } from "@quarterdeck/sdk";

/** What the signals act on. */
export interface Stoppable {
  /** Finishes what runs, then stops. */
  stop(): Promise<void>;
}

// Failures of one connection that no listener took: they say nothing about the state of the process.
const CONNECTION_ERRORS: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ECANCELED",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_WRITE_AFTER_END",
  "ERR_STREAM_DESTROYED",
  "ERR_HTTP2_STREAM_ERROR",
  "ERR_HTTP2_SESSION_ERROR",
  "ERR_HTTP2_INVALID_STREAM",
  "ERR_SSL_WRONG_VERSION_NUMBER",
]);

/**
 * SIGTERM and SIGINT drain the server and exit with 0; a second signal exits at once, with 130 for SIGINT (the shell's
 * number for an interrupted program) and 1 for SIGTERM. A drain that fails exits with 1.
 */
export function stopOnSignals(
  server: Stoppable,
  logger: Logger,
  exit: (code: number) => void = (code) => process.exit(code),
): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      logger.warn("stopping at once", { signal });
      exit(signal === "SIGINT" ? 130 : 1);
      return;
    }
    stopping = true;
    logger.info("stopping: running requests are finished, a second signal stops at once", { signal });
    server.stop().then(
      () => exit(0),
      (error: unknown) => {
        logger.error("the server did not stop cleanly", { error });
        exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/**
 * Errors that nobody caught. An unhandled rejection is logged and the server lives: the promise belonged to one request
 * or one plugin's background work, and whoever waits for it is answered by the timeout filter. An uncaught exception
 * ends the process with 1, since it may have left anything half done; what was acknowledged is on disk, and a fresh
 * process starts in less than a second. A broken connection is no reason to die.
 */
export function logFatalErrors(logger: Logger, exit: (code: number) => void = (code) => process.exit(code)): void {
  process.on("unhandledRejection", (error) => logger.error("a rejected promise was not handled", { error }));
  process.on("uncaughtException", (error: Error & { code?: unknown }) => {
    if (CONNECTION_ERRORS.has(error.code)) {
      logger.warn("a connection failed", { error });
      return;
    }
    logger.error("uncaught exception, the server ends", { error });
    exit(1);
  });
}
