// A form's faults: found here, or named by the box for the same fields.
import { tick } from 'svelte';
import { asProblem, type Problem } from '../api/problem';

/** A field's check: what is wrong with it, or nothing. */
export type Check = () => string | undefined;

export class Form<F extends string> {
  errors = $state<Partial<Record<F, string>>>({});
  /** What is wrong with the whole. */
  problem = $state.raw<Problem | undefined>(undefined);
  isBusy = $state(false);
  #checks: Partial<Record<F, Check>>;

  constructor(checks: Partial<Record<F, Check>>) {
    this.#checks = checks;
  }

  /** Checks one field, when it is left. */
  leave(field: F): void {
    const wrong = this.#checks[field]?.();
    if (wrong) this.errors[field] = wrong;
    else delete this.errors[field];
  }

  /** A fault that is being mended goes as soon as it is. */
  mend(field: F): void {
    if (this.errors[field] !== undefined) this.leave(field);
  }

  /** What a Field needs, besides its value. */
  field(field: F): { error: string | undefined; onleave: () => void; onmend: () => void } {
    return { error: this.errors[field], onleave: () => this.leave(field), onmend: () => this.mend(field) };
  }

  /** Checks all, and sends if all is well. Whether it was done. */
  async submit(send: () => Promise<unknown>): Promise<boolean> {
    this.problem = undefined;
    this.errors = {};
    for (const field of Object.keys(this.#checks) as F[]) this.leave(field);
    if (Object.keys(this.errors).length > 0) {
      await toFirstFault();
      return false;
    }
    this.isBusy = true;
    try {
      await send();
      return true;
    } catch (error) {
      const problem = asProblem(error);
      this.errors = { ...problem.errors } as Partial<Record<F, string>>;
      this.problem = problem;
      await toFirstFault();
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

async function toFirstFault(): Promise<void> {
  await tick();
  const first = (which: string) => document.querySelector<HTMLElement>(which);
  (first('[aria-invalid=true]') ?? first('[data-faults]'))?.focus();
}
