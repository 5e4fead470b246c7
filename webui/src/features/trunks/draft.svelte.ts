// A trunk as the form has it: texts, so that what is typed is what is shown.
import type { Trunk, TrunkWrite } from '../../lib/api/box';
import { words } from './health';

/** Which codecs are offered, best first, as one choice. */
export const CODECS = ['pcma pcmu', 'pcmu pcma', 'pcma', 'pcmu'] as const;

export class Draft {
  name = $state('');
  enabled = $state(true);
  way = $state('register');
  server = $state('');
  proxy = $state('');
  transport = $state('udp');
  authority = $state('');
  user = $state('');
  auth_user = $state('');
  secret = $state('');
  codecs = $state<string>(CODECS[0]);
  channels = $state('10');
  numbers = $state('e164');
  caller_number = $state('');
  trusted = $state(false);
  identity = $state('none');
  strip = $state('0');
  prepend = $state('');
  sources = $state('');
  options_s = $state('30');
  #before = $state('');

  constructor(trunk?: Trunk) {
    this.take(trunk);
  }

  /** Takes over how the trunk is now; what was typed is gone, and so is the secret, which nobody tells. */
  take(trunk?: Trunk): void {
    if (trunk) {
      this.name = trunk.name;
      this.enabled = trunk.enabled ?? true;
      this.way = trunk.way ?? 'register';
      this.server = trunk.server;
      this.proxy = trunk.proxy ?? '';
      this.transport = trunk.transport ?? 'udp';
      this.authority = trunk.authority ?? '';
      this.user = trunk.user ?? '';
      this.auth_user = trunk.auth_user ?? '';
      this.codecs = trunk.codecs?.join(' ') ?? CODECS[0];
      this.channels = String(trunk.channels ?? 10);
      this.numbers = trunk.numbers ?? 'e164';
      this.caller_number = trunk.caller_number ?? '';
      this.trusted = trunk.trusted ?? false;
      this.identity = trunk.identity ?? 'none';
      this.strip = String(trunk.strip ?? 0);
      this.prepend = trunk.prepend ?? '';
      this.sources = (trunk.sources ?? []).join(', ');
      this.options_s = String(trunk.options_s ?? 30);
    }
    this.secret = '';
    this.#before = JSON.stringify(this.written());
  }

  /** Takes over what has become of what was sent, unless something was typed since. */
  takeSaved(sent: TrunkWrite, trunk?: Trunk): void {
    const before = JSON.stringify(sent);
    if (JSON.stringify(this.written()) === before) this.take(trunk);
    else this.#before = before;
  }

  /** Whether there is something to save. */
  get isChanged(): boolean {
    return JSON.stringify(this.written()) !== this.#before;
  }

  /** What is sent. A secret that was not typed is left out: the known one stays. */
  written(): TrunkWrite {
    const text = (value: string) => (value.trim() === '' ? null : value.trim());
    const trunk: TrunkWrite = {
      name: this.name.trim(),
      enabled: this.enabled,
      way: this.way,
      server: this.server.trim(),
      proxy: text(this.proxy),
      transport: this.transport,
      authority: text(this.authority),
      user: text(this.user),
      auth_user: text(this.auth_user),
      codecs: words(this.codecs),
      channels: Number(this.channels),
      numbers: this.numbers,
      caller_number: text(this.caller_number),
      trusted: this.trusted,
      identity: this.identity,
      strip: Number(this.strip),
      prepend: text(this.prepend),
      sources: words(this.sources),
      options_s: Number(this.options_s),
    };
    return this.secret === '' ? trunk : { ...trunk, secret: this.secret };
  }
}
