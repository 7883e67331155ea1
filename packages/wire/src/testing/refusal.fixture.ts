import { StatusError } from "@quarterdeck/meta";

/** What `run` is refused with. */
export function refusal(run: () => unknown): { code: number; message: string } {
  try {
    run();
  } catch (error) {
    if (StatusError.is(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("was not refused");
}
