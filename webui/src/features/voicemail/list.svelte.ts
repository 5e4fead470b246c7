// The messages of one folder, as they are paged.
import { asProblem, type Problem } from '../../lib/api/problem';
import { box, type FolderName, type Message, type Messages } from '../../lib/api/box';

type Load = (query: { folder: FolderName; before?: number }) => Promise<Messages>;

export class MessageList {
  /** The newest answer: whose mailbox it is, and how much is in each folder. */
  page = $state.raw<Messages | undefined>(undefined);
  messages = $state.raw<readonly Message[] | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  isLoading = $state(false);
  #next = $state<number | undefined>(undefined);
  #folder: FolderName = 'new';
  #round = 0;
  #load: Load;

  constructor(load: Load = box.voicemail) {
    this.#load = load;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Shows another folder; the messages of the one before go at once. */
  async show(folder: FolderName): Promise<void> {
    this.#folder = folder;
    this.messages = undefined;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    await this.#run({ folder: this.#folder }, (page) => {
      const oldest = page.messages.at(-1)?.id;
      const older = oldest === undefined ? [] : (this.messages ?? []).filter((message) => message.id < oldest);
      if (older.length === 0) this.#next = page.next ?? undefined;
      this.messages = [...page.messages, ...older];
    });
  }

  async more(): Promise<void> {
    if (this.#next === undefined || this.isLoading) return;
    await this.#run({ folder: this.#folder, before: this.#next }, (page) => {
      this.messages = [...(this.messages ?? []), ...page.messages];
      this.#next = page.next ?? undefined;
    });
  }

  /** Takes a message out of sight while the box moves it. */
  hide(id: number): void {
    this.messages = this.messages?.filter((message) => message.id !== id);
  }

  async #run(query: { folder: FolderName; before?: number }, take: (page: Messages) => void): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.isLoading = true;
    try {
      const page = await this.#load(query);
      if (round !== this.#round) return;
      take(page);
      this.page = page;
      this.problem = undefined;
    } catch (error) {
      if (round !== this.#round) return;
      this.problem = asProblem(error);
    }
    this.isLoading = false;
  }
}
