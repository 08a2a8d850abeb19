/** More than that help nobody. */
const MOST_TRACES = 100;

/** The target's ids of the requests of one attempt. */
export class TraceLog {
  taken: string[] = [];

  add(id: string): void {
    if (this.taken.length < MOST_TRACES) this.taken.push(id.slice(0, 200));
  }

  clear(): void {
    this.taken = [];
  }
}
