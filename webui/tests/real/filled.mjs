// An office in the middle of a working day: phones, calls that were and are, messages, changes.
import { leaveMessage } from './message.mjs';
import { Phone } from './phone.mjs';
import { until } from './wait.mjs';

const NAMES = ['Workshop', 'Accounts', 'Warehouse', 'Dispatch', 'Laboratory', 'Kitchen'];
const PIN = '739116';

/** Fills it; the people besides the administrator, who gets the extension 1000 and the messages. */
export async function fill(house) {
  const people = await house.office(NAMES);
  const [workshop, accounts, warehouse, dispatch, , kitchen] = people;
  const { admin } = house;
  const desk = await giveExtension(admin, 1, '1000');
  await admin.post('departments', { name: 'Yard' });
  await change(admin, dispatch.person.id, { ring_s: 120, department: 'Yard' });
  await admin.post('contacts/office', { name: 'Bakery', company: 'Corner Bakers', work: '030 5550102' });
  await admin.post('contacts/own', { name: 'Dentist', mobile: '+49 170 5550103' });
  await change(admin, kitchen.person.id, { voicemail: false });
  await Phone.isRefused(house.box, { ...kitchen.desk, secret: 'from-another-office' });
  const [north, south, east, west] = await Promise.all(
    [workshop.desk, accounts.desk, warehouse.desk, dispatch.desk, desk].map((one, index) => house.phone({ ...one, hz: 440 + 90 * index })),
  );

  await call(north, south, '1002');
  await north.hangsUp();
  await south.callEnds();
  await east.dials('1999');
  await west.dials('1006');
  await Promise.all([east.callEnds(), west.callEnds()]);
  const lengths = [[north, 3], [south, 4], [east, 6]];
  await Promise.all(lengths.map(([phone, seconds]) => leaveMessage(house, phone, '1000', seconds)));
  // A message is there a moment after its call.
  const messages = await until('three messages lie in the mailbox', async () => {
    const { messages: all } = await admin.get('voicemail');
    return all.length === 3 && all;
  });
  const move = (from, folder) => admin.post(`voicemail/${messages.find((message) => message.from === from).id}/move`, { folder });
  await move('1001', 'saved');
  await move('1002', 'trash');
  await call(north, south, '1002');
  await east.dials('1004');
  await west.rings();
  return people;
}

async function call(from, to, number) {
  await from.dials(number);
  await to.rings();
  await to.answers();
  await from.talks();
  await to.hears(440);
}

async function giveExtension(admin, id, extension) {
  await change(admin, id, { extension, voicemail: true });
  await admin.post(`people/${id}/pin`, { pin: PIN });
  const { credentials } = await admin.post(`people/${id}/phones`);
  return { extension, user: credentials[0].user, secret: credentials[0].secret };
}

/** Changes some fields of somebody. */
export async function change(admin, id, fields) {
  const { etag, id: _, phones, has_pin, has_password, ...row } = await admin.get(`people/${id}`);
  const written = Object.fromEntries(Object.entries({ ...row, ...fields }).filter(([, value]) => value !== null && value !== undefined));
  await admin.ask('PUT', `people/${id}`, written, { 'If-Match': `"${etag}"` });
}
