import { dns1123SubdomainErrors, type FieldErrors } from "@quarterdeck/meta";
import { GoUrl, GoUrlError } from "./go-url.js";

const FORM = "; desired format: https://host[/path]";

/** How a webhook is called, in admission and in conversion. */
interface WebhookClient {
  readonly url?: string;
  readonly service?: {
    readonly namespace: string;
    readonly name: string;
    readonly path?: string;
    readonly port?: number;
  };
}

function checkUrl(text: string, path: string, errors: FieldErrors): void {
  let url: GoUrl;
  try {
    url = GoUrl.parse(text);
  } catch (error) {
    if (!(error instanceof GoUrlError)) throw error;
    errors.required(path, `url must be a valid URL: ${error.message}${FORM}`);
    return;
  }
  if (url.scheme !== "https") errors.invalid(path, url.scheme, `'https' is the only allowed URL scheme${FORM}`);
  if (url.host === "") errors.invalid(path, url.host, `host must be specified${FORM}`);
  if (url.user !== undefined) errors.invalid(path, url.user, "user information is not permitted in the URL");
  if (url.fragment !== "") errors.invalid(path, url.fragment, "fragments are not permitted in the URL");
  if (url.query !== "") errors.invalid(path, url.query, "query parameters are not permitted in the URL");
}

function checkUrlPath(text: string, path: string, errors: FieldErrors): void {
  if (text === "/" || text === "") return;
  if (text === "//") {
    errors.invalid(path, text, "segment[0] may not be empty");
    return;
  }
  if (!text.startsWith("/")) errors.invalid(path, text, "must start with a '/'");
  for (const [index, step] of text.slice(1).replace(/\/$/, "").split("/").entries()) {
    if (step === "") errors.invalid(path, text, `segment[${index}] may not be empty`);
    else
      for (const problem of dns1123SubdomainErrors(step)) errors.invalid(path, text, `segment[${index}]: ${problem}`);
  }
}

function checkService(service: NonNullable<WebhookClient["service"]>, path: string, errors: FieldErrors): void {
  // upstream takes one for the other
  if (service.namespace === "") errors.required(`${path}.name`);
  if (service.name === "") errors.required(`${path}.namespace`);
  const { port = 0 } = service;
  if (port < 1 || port > 65_535)
    errors.invalid(`${path}.port`, port, "port is not valid: must be between 1 and 65535, inclusive");
  if (service.path !== undefined) checkUrlPath(service.path, `${path}.path`, errors);
}

/** An https URL or a service, one of the two; upstream's `ValidateWebhookURL` and `ValidateWebhookService`. */
export function checkWebhookClient({ url, service }: WebhookClient, path: string, errors: FieldErrors): void {
  if ((url === undefined) === (service === undefined))
    errors.required(path, "exactly one of url or service is required");
  else if (url !== undefined) checkUrl(url, `${path}.url`, errors);
  else if (service !== undefined) checkService(service, `${path}.service`, errors);
}
