// What callers hear of somebody: read again whenever the mailbox changes, by phone too.
import { asProblem, type Problem } from '../../lib/api/problem';
import { box, type Greeting, type WhichOwn } from '../../lib/api/box';

/** As much as the box takes: two minutes of the best sound. */
export const MOST_MB = 48;

export class OwnGreeting {
  now = $state.raw<Greeting | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  /** The one whose file is on its way. */
  taking = $state<WhichOwn | undefined>(undefined);

  async refresh(): Promise<void> {
    try {
      this.now = await box.greeting();
      this.problem = undefined;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  /** Puts a file into use. Answers how it is undone; throws a Problem. */
  async take(which: WhichOwn, file: Blob): Promise<() => Promise<void>> {
    this.taking = which;
    try {
      return await this.#change(which, () => box.takeGreeting(which, file));
    } finally {
      this.taking = undefined;
    }
  }

  /** Has the box speak again. Answers how it is undone; throws a Problem. */
  async forget(which: WhichOwn): Promise<() => Promise<void>> {
    return this.#change(which, () => box.useGreeting(which, null));
  }

  async #change(which: WhichOwn, work: () => Promise<Greeting>): Promise<() => Promise<void>> {
    const before = this.now?.[which]?.id ?? null;
    this.now = await work();
    return async () => {
      this.now = await box.useGreeting(which, before);
    };
  }
}
