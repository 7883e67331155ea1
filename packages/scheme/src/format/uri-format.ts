const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const AUTHORITY = /^\/\/([^/?#]*)/;
const HOST = /^(?:[^\s[\]<>"^`{|}\\@]*@)?(?:\[[0-9A-Fa-f:.]+(?:%25[^\]]+)?\]|[^\s:[\]<>"^`{|}\\@]*)(?::\d*)?$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

/** An absolute URI or an absolute path, as the first line of a request may have it. */
export function isUri(text: string): boolean {
  if (text === "" || hasControl(text) || BAD_ESCAPE.test(text)) return false;
  const scheme = SCHEME.exec(text)?.[0] ?? "";
  const rest = text.slice(scheme.length);
  if (scheme === "" && !rest.startsWith("/")) return false;
  const authority = scheme === "" ? undefined : AUTHORITY.exec(rest)?.[1];
  return rest !== "" && (authority === undefined || HOST.test(authority));
}

const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+$/;
const QUOTED = /^"(?:[^"\\\r\n]|\\.)*"$/;

function isAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  if (at < 1) return false;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  const named = QUOTED.test(local) || local.split(".").every((atom) => ATOM.test(atom));
  return named && (/^\[[^[\]\\\s]+\]$/.test(domain) || domain.split(".").every((atom) => ATOM.test(atom)));
}

/** An address of RFC 5322, alone or as `Name <address>`. */
export function isEmail(text: string): boolean {
  const trimmed = text.trim();
  const open = trimmed.lastIndexOf("<");
  if (open < 0) return isAddress(trimmed);
  const name = trimmed.slice(0, open).trim();
  const named = name === "" || QUOTED.test(name) || name.split(/\s+/).every((word) => ATOM.test(word));
  return trimmed.endsWith(">") && named && isAddress(trimmed.slice(open + 1, -1));
}

const LONE_LABEL = /^[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?$/u;
const LABEL = /^[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\p{S}\p{L}-]{0,61}[a-zA-Z0-9\p{S}\p{L}])?$/u;
const TOP_LABEL = /^[a-zA-Z\p{L}]{2,63}$/u;

/** A host name of labels up to 63 bytes, 255 in all; letters and symbols of any script, digits and inner dashes. */
export function isHostname(text: string): boolean {
  if (Buffer.byteLength(text) > 255) return false;
  const labels = text.split(".");
  if (labels.some((label) => Buffer.byteLength(label) > 63)) return false;
  const top = labels.pop() ?? "";
  if (labels.length === 0) return LONE_LABEL.test(top);
  return TOP_LABEL.test(top) && labels.every((label) => LABEL.test(label));
}
