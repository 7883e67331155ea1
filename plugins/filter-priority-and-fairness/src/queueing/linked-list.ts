/** What a list keeps in its members. */
export interface Linked<T> {
  before: T | undefined;
  after: T | undefined;
}

/** Members in the order in which they came; any of them can leave. Each is in one list at a time. */
export class LinkedList<T extends Linked<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): T | undefined {
    return this.#first;
  }

  add(member: T): void {
    member.before = this.#last;
    member.after = undefined;
    if (this.#last === undefined) this.#first = member;
    else this.#last.after = member;
    this.#last = member;
    this.#length++;
  }

  remove(member: T): void {
    if (member.before === undefined) this.#first = member.after;
    else member.before.after = member.after;
    if (member.after === undefined) this.#last = member.before;
    else member.after.before = member.before;
    member.before = undefined;
    member.after = undefined;
    this.#length--;
  }

  /** Visits each; the visited one may leave. */
  each(visit: (member: T) => void): void {
    for (let member = this.#first; member !== undefined; ) {
      const { after } = member;
      visit(member);
      member = after;
    }
  }
}
