/** What is needed of a LevelDB iterator to read it to the end. */
export interface ChunkIterator<T> {
  nextv(size: number): Promise<T[]>;
  close(): Promise<void>;
}

/** Reads an iterator chunk by chunk, the next one while the caller works on this one, and closes it at the end. */
export async function* readAhead<T>(iterator: ChunkIterator<T>, size: number): AsyncGenerator<T[], void, void> {
  const read = () => {
    const chunk = iterator.nextv(size);
    // A failure is seen when the chunk is asked for, which may be later than it happens.
    chunk.catch(() => {});
    return chunk;
  };
  let next = read();
  try {
    for (let chunk = await next; chunk.length > 0; chunk = await next) {
      next = read();
      yield chunk;
    }
  } finally {
    await next.catch(() => {});
    await iterator.close();
  }
}
