import { quoteText } from "@quarterdeck/meta";

const ESCAPE = /%(?![0-9a-fA-F]{2}).{0,2}/;
const PORT = /^:?\d*$/;

/** What Go says of a text that is no URL. */
export class GoUrlError extends Error {
  override readonly name = "GoUrlError";

  constructor(text: string, why: string) {
    super(`parse ${quoteText(text)}: ${why}`);
  }
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A URL in the parts that Go's `url.Parse` finds in it, which takes more than the URLs of browsers. */
export class GoUrl {
  private constructor(
    readonly scheme: string,
    readonly user: string | undefined,
    readonly host: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  /** Throws a {@link GoUrlError}. */
  static parse(text: string): GoUrl {
    const fail = (why: string): GoUrlError => new GoUrlError(text, why);
    const [front, fragment] = cut(text, "#");
    if (hasControl(front)) throw fail("net/url: invalid control character in URL");
    if (front.startsWith(":")) throw fail("missing protocol scheme");
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(front)?.[1];
    const [path, query] = cut(scheme === undefined ? front : front.slice(scheme.length + 1), "?");
    if (scheme === undefined && /^[^/]*:/.test(path)) throw fail("first path segment in URL cannot contain colon");
    const [authority = ""] = path.startsWith("//") ? path.slice(2).split("/", 1) : [];
    const bad = ESCAPE.exec(`${path}`)?.[0] ?? ESCAPE.exec(fragment)?.[0];
    if (bad !== undefined) throw fail(`invalid URL escape ${quoteText(bad)}`);
    const at = authority.lastIndexOf("@");
    const host = authority.slice(at + 1);
    const port = host.startsWith("[") ? host.slice(host.lastIndexOf("]") + 1) : host.slice(cut(host, ":")[0].length);
    if (host.startsWith("[") && !host.includes("]")) throw fail("missing ']' in host");
    if (!PORT.test(port)) throw fail(`invalid port ${quoteText(port)} after host`);
    if (/[ "<>^`{}|\\]/.test(host))
      throw fail(`invalid character ${quoteText(/[ "<>^`{}|\\]/.exec(host)?.[0] ?? "")} in host name`);
    return new GoUrl(
      (scheme ?? "").toLowerCase(),
      at === -1 ? undefined : authority.slice(0, at),
      host,
      query,
      fragment,
    );
  }
}
