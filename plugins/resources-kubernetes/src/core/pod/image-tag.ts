/** Longer names are refused by upstream's reader; with the tag and the longest digest nothing longer is an image. */
const LONGEST_NAME = 255;
const LONGEST = 700;

const IDENTIFIER = /^[a-f0-9]{64}$/;
const DOMAIN_LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = new RegExp(`^(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** The digests that there are, with the length of their hexadecimal part. */
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

interface ImageName {
  readonly domain: string | undefined;
  readonly path: string;
}

/** What stands before the first slash is a host only when it looks like one. */
function splitDomain(name: string): ImageName {
  const slash = name.indexOf("/");
  if (slash === -1) return { domain: undefined, path: name };
  const first = name.slice(0, slash);
  const isHost = first === "localhost" || /[.:]/.test(first) || first !== first.toLowerCase();
  return isHost ? { domain: first, path: name.slice(slash + 1) } : { domain: undefined, path: name };
}

/** True for a host, if there is one, and a path in lower case that are not too long together. */
function isName({ domain, path }: ImageName): boolean {
  if (path.length > LONGEST_NAME) return false;
  if (domain !== undefined && (domain.length > LONGEST_NAME || !DOMAIN.test(domain))) return false;
  return path.split("/").every((component) => COMPONENT.test(component));
}

/**
 * The tag of an image: `latest` for a name that has neither tag nor digest, empty for one with a digest alone and for what is
 * no image at all, which others refuse. Upstream's `ParseImageName`.
 */
export function imageTag(image: string): string {
  if (image.length > LONGEST || IDENTIFIER.test(image)) return "";
  const at = image.indexOf("@");
  const digest = at === -1 ? undefined : image.slice(at + 1);
  if (digest !== undefined && !DIGEST.test(digest)) return "";
  const { domain, path } = splitDomain(at === -1 ? image : image.slice(0, at));
  const colon = path.indexOf(":");
  const tag = colon === -1 ? undefined : path.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return "";
  if (!isName({ domain, path: colon === -1 ? path : path.slice(0, colon) })) return "";
  return tag ?? (digest === undefined ? "latest" : "");
}
