// Something fetched that is kept fresh: shown stale rather than not at all.
import { onMount } from 'svelte';
import { asProblem, type Problem } from '../lib/api/problem';
import { listen, type Topic } from './live.svelte';

/** Events come in bursts; so long they are gathered. Below the 100 ms that an event may take to the screen. */
const GATHER_MS = 40;

export class Resource<T> {
  /** The newest answer; kept when a later one fails. */
  data = $state.raw<T | undefined>(undefined);
  /** Why the newest attempt failed. */
  problem = $state.raw<Problem | undefined>(undefined);
  isLoading = $state(false);
  #load: () => Promise<T>;
  #round = 0;
  /** The newest round, which those wait for whose own it overtook. */
  #newest = Promise.resolve();
  #pending: ReturnType<typeof setTimeout> | undefined;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Fetches anew. Of several rounds at once the newest counts: once this is over, the data is no older than the call. */
  refresh(): Promise<void> {
    this.#newest = this.#fetch();
    return this.#newest;
  }

  async #fetch(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.isLoading = true;
    try {
      const data = await this.#load();
      if (round !== this.#round) return this.#newest;
      this.data = data;
      this.problem = undefined;
    } catch (error) {
      if (round !== this.#round) return this.#newest;
      this.problem = asProblem(error);
    }
    this.isLoading = false;
  }

  /** Fetches soon, once for a burst. */
  refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      void this.refresh();
    }, GATHER_MS);
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#round += 1;
    this.#newest = Promise.resolve();
  }
}

/** A resource for as long as the component that makes it is shown, fresh by events of these topics. */
export function resource<T>(load: () => Promise<T>, topics: readonly Topic[] = []): Resource<T> {
  const made = new Resource(load);
  onMount(() => {
    void made.refresh();
    const stop = listen(topics, () => made.refreshSoon());
    return () => {
      stop();
      made.dispose();
    };
  });
  return made;
}
