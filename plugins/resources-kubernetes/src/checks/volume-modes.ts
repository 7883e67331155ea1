/** What a volume is to those who use it: files, or a raw device. */
export const VOLUME_MODES: readonly string[] = ["Block", "Filesystem"];
