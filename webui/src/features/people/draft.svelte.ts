// A person as the form has them: texts, so that what is typed is what is shown.
import type { AccountEntry } from '../../lib/api/accounts';
import { ROLES, type PresetName, type RoleName } from '../../lib/api/rights';
import type { PermissionName, Person, PersonWrite } from '../../lib/api/box';

export class Draft {
  name = $state('');
  email = $state('');
  role = $state<PresetName>('user');
  roles = $state<RoleName[]>([]);
  profile = $state('');
  language = $state('');
  time_zone = $state('');
  department = $state('');
  site = $state('');
  listed = $state(true);
  extension = $state('');
  ring_s = $state('25');
  voicemail = $state(true);
  voicemail_minutes = $state('60');
  pin_on_own_phone = $state(true);
  say_time = $state(true);
  say_caller = $state(true);
  newest_first = $state(false);
  operator = $state('');
  max_contacts = $state('3');
  max_calls = $state('');
  pickup_group = $state('');
  private_lamp = $state(false);
  label = $state('');
  caller_name = $state('');
  caller_number = $state('');
  hides_number = $state(false);
  call_waiting = $state(true);
  intercom = $state(true);
  intercom_beep = $state(true);
  shows_callers = $state(true);
  permission = $state<PermissionName>('national');
  account = $state<AccountEntry>('none');
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
      this.roles = [...person.roles];
      this.profile = person.profile ?? '';
      this.language = person.language ?? '';
      this.time_zone = person.time_zone ?? '';
      this.department = person.department ?? '';
      this.site = person.site ?? '';
      this.listed = person.listed;
      this.extension = person.extension ?? '';
      this.ring_s = String(person.ring_s);
      this.voicemail = person.voicemail;
      this.voicemail_minutes = String(person.voicemail_minutes);
      this.pin_on_own_phone = person.pin_on_own_phone;
      this.say_time = person.say_time;
      this.say_caller = person.say_caller;
      this.newest_first = person.newest_first;
      this.operator = person.operator ?? '';
      this.max_contacts = String(person.max_contacts);
      this.max_calls = String(person.max_calls ?? '');
      this.pickup_group = person.pickup_group ?? '';
      this.private_lamp = person.private_lamp;
      this.label = person.label ?? '';
      this.caller_name = person.caller_name ?? '';
      this.caller_number = person.caller_number ?? '';
      this.hides_number = person.hides_number;
      this.call_waiting = person.call_waiting;
      this.intercom = person.intercom;
      this.intercom_beep = person.intercom_beep;
      this.shows_callers = person.shows_callers;
      this.permission = person.permission;
      this.account = person.account;
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
      roles: ROLES.filter((role) => this.roles.includes(role)),
      profile: this.profile,
      language: text(this.language),
      time_zone: text(this.time_zone),
      department: text(this.department),
      site: text(this.site),
      listed: this.listed,
      extension: text(this.extension),
    };
    if (person.extension === null) return person;
    return {
      ...person,
      ring_s: Number(this.ring_s),
      voicemail: this.voicemail,
      voicemail_minutes: Number(this.voicemail_minutes),
      pin_on_own_phone: this.pin_on_own_phone,
      say_time: this.say_time,
      say_caller: this.say_caller,
      newest_first: this.newest_first,
      operator: text(this.operator),
      max_contacts: Number(this.max_contacts),
      max_calls: this.max_calls.trim() === '' ? null : Number(this.max_calls),
      pickup_group: text(this.pickup_group),
      private_lamp: this.private_lamp,
      label: text(this.label),
      caller_name: text(this.caller_name),
      caller_number: text(this.caller_number),
      hides_number: this.hides_number,
      call_waiting: this.call_waiting,
      intercom: this.intercom,
      intercom_beep: this.intercom_beep,
      shows_callers: this.shows_callers,
      permission: this.permission,
      account: this.account,
    };
  }
}
