// Where another device opens this page: by the address that was used here, unless only this machine has that.

const PATH = '/certificate';

export function elsewhere(origin: string, address: string | null | undefined): string | undefined {
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(origin).hostname);
  if (!isHere) return origin + PATH;
  return address ? address + PATH : undefined;
}
