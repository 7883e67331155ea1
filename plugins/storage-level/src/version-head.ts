/** All that is known about one version of a key besides the key and the value. */
export interface VersionHead {
  readonly revision: number;
  readonly createRevision: number;
  /** When the key is to disappear, in milliseconds since 1970; 0 for never. */
  readonly expiresAt: number;
  readonly deleted: boolean;
  /** Whether a note stands behind the value. */
  readonly noted: boolean;
  /** CRC-32 of the record's key and value, as a signed number; 0 for a tombstone without a note. */
  readonly checksum: number;
}
