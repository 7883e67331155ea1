/** A kubeconfig that cannot be used; the message names the file and what is wrong, never what is secret in it. */
export class KubeconfigError extends Error {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
    this.name = "KubeconfigError";
  }
}
