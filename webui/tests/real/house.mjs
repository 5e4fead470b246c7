// What a test has: a box, phones and pages, all gone at its end.
import assert from 'node:assert/strict';
import { newPage } from '../e2e/browser.mjs';
import { ADMIN, Box } from './box.mjs';
import { Carrier } from './carrier.mjs';
import { Phone } from './phone.mjs';

export class House {
  static async start() {
    const house = new House();
    house.phones = [];
    house.boxes = [];
    house.carriers = [];
    house.box = await house.anotherBox();
    return house;
  }

  async anotherBox() {
    const box = await Box.start();
    this.boxes.push(box);
    return box;
  }

  /** A registered phone with these credentials. */
  async phone(spec, box = this.box) {
    const phone = await Phone.registered(box, spec);
    this.phones.push(phone);
    return phone;
  }

  /** A carrier's server. */
  async carrier() {
    const carrier = await Carrier.start();
    this.carriers.push(carrier);
    return carrier;
  }

  /** The box claimed, and so many people in it with an extension, a mailbox and a phone, from 1001 on. */
  async office(names) {
    this.admin = await this.box.claim();
    const people = [];
    for (const [index, name] of names.entries()) people.push(await this.addPerson(name, String(1001 + index)));
    return people;
  }

  /** Somebody new: the person and what a phone of theirs needs. */
  async addPerson(name, extension, more = {}) {
    const { person, credentials } = await this.admin.post('people', { name, role: 'user', extension, voicemail: true, ring_s: 5, ...more });
    return { person, desk: { extension, user: credentials[0].user, secret: credentials[0].secret } };
  }

  /** A page with the administrator signed in through the form. */
  async page(browser, hash = '', box = this.box) {
    const page = await newPage(browser);
    await page.goto(box.address + hash);
    await signIn(page, ADMIN.email, ADMIN.password);
    await page.getByRole('navigation', { name: 'Main menu' }).waitFor();
    return page;
  }

  async end() {
    await Promise.all(this.phones.map((phone) => phone.end()));
    await Promise.all([...this.boxes, ...this.carriers].map((one) => one.end()));
  }

  lastWords() {
    const programs = [...this.boxes, ...this.phones, ...this.carriers].map(({ program }) => program);
    return programs.flatMap((program) => [`--- ${program.name} said:`, ...program.lastWords().split('\n')]);
  }
}

export async function signIn(page, login, secret) {
  await page.getByLabel('E-mail or extension').fill(login);
  await page.getByLabel('Password or PIN').fill(secret);
  await page.getByLabel('Password or PIN').press('Enter');
}

/** A test whose pages must be without a fault: nothing in the console, no request elsewhere. */
export const test = (name, run) => ({
  name,
  run: async (browser, house) => {
    await run(browser, house);
    const faults = browser.contexts().flatMap((context) => context.pages()).flatMap((page) => page.faults ?? []);
    assert.deepEqual(faults, []);
  },
});

/** The toast with this text. */
export const toast = (page, text) => page.locator('[role=status] .toast', { hasText: text });
