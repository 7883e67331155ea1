const TIME = /^(.*:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i;

/** A time in the one form of upstream's MicroTime: UTC, with six decimals. What is no time stays for validation to tell. */
export function microTime(text: string): string {
  const [, seconds, fraction = "", zone] = TIME.exec(text) ?? [];
  const whole = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(whole)) return text;
  return `${new Date(whole).toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}
