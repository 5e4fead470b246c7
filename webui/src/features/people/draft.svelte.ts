// A person as the form has them: texts, so that what is typed is what is shown.
import type { PermissionName, Person, PersonWrite } from '../../lib/api/box';

export class Draft {
  name = $state('');
  email = $state('');
  role = $state<'user' | 'admin'>('user');
  language = $state('');
  extension = $state('');
  ring_s = $state('25');
  voicemail = $state(true);
  voicemail_minutes = $state('60');
  pin_on_own_phone = $state(true);
  announce_envelope = $state(true);
  newest_first = $state(false);
  operator = $state('');
  max_contacts = $state('3');
  pickup_group = $state('');
  private_lamp = $state(false);
  call_waiting = $state(true);
  permission = $state<PermissionName>('national');
  with_phone = $state(true);
  #before = '';

  constructor(person?: Person) {
    this.take(person);
  }

  /** Takes over how the person is now; what was typed is gone. */
  take(person?: Person): void {
    if (person) {
      this.name = person.name;
      this.email = person.email ?? '';
      this.role = person.role;
      this.language = person.language ?? '';
      this.extension = person.extension ?? '';
      this.ring_s = String(person.ring_s);
      this.voicemail = person.voicemail;
      this.voicemail_minutes = String(person.voicemail_minutes);
      this.pin_on_own_phone = person.pin_on_own_phone;
      this.announce_envelope = person.announce_envelope;
      this.newest_first = person.newest_first;
      this.operator = person.operator ?? '';
      this.max_contacts = String(person.max_contacts);
      this.pickup_group = person.pickup_group ?? '';
      this.private_lamp = person.private_lamp;
      this.call_waiting = person.call_waiting;
      this.permission = person.permission;
    }
    this.#before = JSON.stringify(this.written());
  }

  /** Whether there is something to save. */
  get isChanged(): boolean {
    return JSON.stringify(this.written()) !== this.#before;
  }

  /** What is sent. Settings of an extension mean nothing without one, and are left out then. */
  written(): PersonWrite {
    const text = (value: string) => (value.trim() === '' ? null : value.trim());
    const person: PersonWrite = {
      name: this.name.trim(),
      email: text(this.email),
      role: this.role,
      language: text(this.language),
      extension: text(this.extension),
    };
    if (person.extension === null) return person;
    return {
      ...person,
      ring_s: Number(this.ring_s),
      voicemail: this.voicemail,
      voicemail_minutes: Number(this.voicemail_minutes),
      pin_on_own_phone: this.pin_on_own_phone,
      announce_envelope: this.announce_envelope,
      newest_first: this.newest_first,
      operator: text(this.operator),
      max_contacts: Number(this.max_contacts),
      pickup_group: text(this.pickup_group),
      private_lamp: this.private_lamp,
      call_waiting: this.call_waiting,
      permission: this.permission,
    };
  }
}
