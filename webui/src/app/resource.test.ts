import { describe, expect, it } from 'vitest';
import { Resource } from './resource.svelte';

/** A resource whose answers come when the test says, in whatever order. */
function slow() {
  const answers: ((value: string) => void)[] = [];
  const resource = new Resource(() => new Promise<string>((resolve) => answers.push(resolve)));
  return { answers, resource };
}

describe('a resource', () => {
  it('whose round is overtaken by another is fresh only when that one is', async () => {
    const { answers, resource } = slow();
    const first = resource.refresh().then(() => resource.data);
    const second = resource.refresh().then(() => resource.data);
    answers[0]?.('old');
    answers[1]?.('new');
    expect(await first).toBe('new');
    expect(await second).toBe('new');
  });

  it('that goes while it is fetched keeps nobody waiting', async () => {
    const { answers, resource } = slow();
    const fetched = resource.refresh();
    resource.dispose();
    answers[0]?.('late');
    await fetched;
    expect(resource.data).toBeUndefined();
  });
});
