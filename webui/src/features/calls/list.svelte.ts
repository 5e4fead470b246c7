// Calls as they are paged: the newest are read again at each event, older ones are added below.
import { asProblem, type Problem } from '../../lib/api/problem';
import { box, type Call } from '../../lib/api/box';

type Page = Awaited<ReturnType<typeof box.calls>>;
export interface Wanted {
  q: string;
  /** The number of the account that calls are charged to; absent: all calls. */
  account?: string;
}
type Load = (query: Wanted & { before?: number }) => Promise<Page>;

export class CallList {
  calls = $state.raw<readonly Call[] | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  isLoading = $state(false);
  #next = $state<number | undefined>(undefined);
  #wanted: Wanted = { q: '' };
  #round = 0;
  #load: Load;

  constructor(load: Load = box.calls) {
    this.#load = load;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Another search: what was found before goes when its answer comes. */
  async search(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    await this.#run(wanted, (page) => {
      this.calls = page.calls;
      this.#next = page.next ?? undefined;
    });
  }

  /** Reads the newest again and keeps the older ones that were loaded. */
  async refresh(): Promise<void> {
    if (this.calls === undefined) return this.search(this.#wanted);
    await this.#run(this.#wanted, (page) => {
      const oldest = page.calls.at(-1)?.id;
      const older = oldest === undefined ? [] : (this.calls ?? []).filter((call) => call.id < oldest);
      if (older.length === 0) this.#next = page.next ?? undefined;
      this.calls = [...page.calls, ...older];
    });
  }

  async more(): Promise<void> {
    if (this.#next === undefined || this.isLoading) return;
    await this.#run({ ...this.#wanted, before: this.#next }, (page) => {
      this.calls = [...(this.calls ?? []), ...page.calls];
      this.#next = page.next ?? undefined;
    });
  }

  async #run(query: Wanted & { before?: number }, take: (page: Page) => void): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.isLoading = true;
    try {
      const page = await this.#load(query);
      if (round !== this.#round) return;
      take(page);
      this.problem = undefined;
    } catch (error) {
      if (round !== this.#round) return;
      this.problem = asProblem(error);
    }
    this.isLoading = false;
  }
}
