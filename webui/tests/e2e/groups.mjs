// Groups of people, as the mock server keeps them, and what people do with them.
import assert from 'node:assert/strict';
import { newPage } from './browser.mjs';
import { Refused } from './refused.mjs';

const refuse = (...why) => {
  throw new Refused(...why);
};

export function groupRoutes(state, request, parts, sent, tell) {
  state.groups ??= [
    { name: 'Yard', profile: null, members: [{ kind: 'person', id: '2' }], managers: [1] },
    { name: 'Sales', profile: 'Night shift', members: [{ kind: 'group', id: 'Yard' }, { kind: 'person', id: '3' }], managers: [] },
  ];
  const etag = () => `g${JSON.stringify(state.groups).length}`;
  const change = (groups) => {
    state.groups = groups;
    state.revisions.unshift({ ...state.revisions[0], id: state.revisions[0].id + 1, at: new Date().toISOString() });
    tell('config');
    return { revision: state.revisions[0].id };
  };
  const at = () => {
    if (request.headers['if-match'] !== `"${etag()}"`) refuse(412, 'this was changed meanwhile');
    return state.groups.find(({ name }) => name === decodeURIComponent(parts[1]));
  };
  const person = (id) => state.people.find((one) => String(one.id) === String(id));
  const owner = (extension) => state.people.find((one) => one.extension === extension);
  const member = ({ kind, id }) => ({ kind, id, name: { person: () => person(id).name, extension: () => owner(id).name, group: () => id }[kind]() });
  const inIt = (group, through = null) =>
    group.members.flatMap(({ kind, id }) => {
      if (kind === 'group') return inIt(state.groups.find(({ name }) => name === id), through ?? id);
      const one = kind === 'person' ? person(id) : owner(id);
      return [{ id: one.id, name: one.name, through }];
    });
  const row = (group) => ({
    ...group,
    members: group.members.map(member),
    managers: group.managers.map((id) => ({ id, name: person(id).name })),
    everybody: [...new Map(inIt(group).map((one) => [one.id, one])).values()],
  });
  const holds = (group, name) => group.members.some(({ kind, id }) => kind === 'group' && (id === name || holds(state.groups.find((one) => one.name === id), name)));
  const judged = (name) => {
    if (holds({ ...sent, name }, name)) refuse(422, 'look', { members: `a group would be in itself: ${name} > Sales > ${name}` });
  };
  return {
    'GET groups': () => ({
      groups: state.groups.map(row),
      people: state.people.map(({ id, name, extension }) => ({ id, name, extension })),
      profiles: (state.profiles ?? [{ name: 'Night shift' }]).map(({ name }) => name),
      etag: etag(),
    }),
    'POST groups': () => {
      if (state.groups.some(({ name }) => name === sent.name)) refuse(422, 'look', { name: `a group called ${sent.name} exists already` });
      return change([...state.groups, sent]);
    },
    [`PUT groups/${parts[1]}`]: () => {
      const group = at();
      judged(group.name);
      return change(state.groups.map((one) => (one === group ? sent : one)));
    },
    [`DELETE groups/${parts[1]}`]: () => {
      const group = at();
      if (state.groups.some((one) => one !== group && holds(one, group.name))) refuse(409, 'groups hold it: Sales; take it out of them first');
      return change(state.groups.filter((one) => one !== group));
    },
  };
}

export const flows = [
  {
    name: 'a group is made of people, extensions and groups, and shows everybody in it',
    run: async (browser, server) => {
      server.state.isSignedIn = true;
      const page = await newPage(browser);
      await page.goto(`${server.address}#/groups`);
      const row = (name) => page.getByRole('list', { name: 'Groups' }).getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
      await row('Sales').getByText('Workshop (by Yard)').waitFor();
      await row('Sales').getByText('Gives the rights of Night shift').waitFor();
      await page.getByRole('button', { name: 'Add a group' }).click();
      const form = page.getByRole('dialog');
      const choose = (label, option) => form.getByLabel(label, { exact: true }).selectOption(option);
      const list = async (label, option) => {
        await choose(label, option);
        await form.getByRole('button', { name: `${label}: add` }).click();
      };
      await form.getByLabel('Name', { exact: true }).fill('Sales');
      await list('Add a member', 'group Sales');
      await form.getByRole('list', { name: 'Members' }).getByText('Group Sales').waitFor();
      await list('Add a member', { label: `Extension ${server.state.people[0].extension} (Front Desk)` });
      await list('Add a member', 'person 2');
      await form.getByRole('button', { name: 'Take out Workshop' }).click();
      await list('Add somebody who looks after it', 'person 3');
      await choose('Profile', 'Night shift');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a group called Sales exists already').first().waitFor();
      await form.getByLabel('Name', { exact: true }).fill('House');
      await form.getByRole('button', { name: 'Save' }).click();
      await row('House').getByText('Everybody in it (3)').waitFor();
      await row('House').getByText('Looked after by').waitFor();
      const made = server.state.groups.at(-1);
      assert.deepEqual(made.members, [{ kind: 'group', id: 'Sales' }, { kind: 'extension', id: server.state.people[0].extension }]);
      assert.deepEqual([made.managers, made.profile], [[3], 'Night shift']);

      await row('Yard').getByRole('button', { name: 'Delete Yard' }).click();
      await page.getByText('groups hold it: Sales').waitFor();
      await row('Yard').getByRole('button', { name: 'Change Yard' }).click();
      await list('Add a member', 'group Sales');
      await form.getByRole('button', { name: 'Save' }).click();
      await form.getByText('a group would be in itself: Yard > Sales > Yard').first().waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
  {
    name: 'who may see groups looks at them without a button, and reads which give a right',
    run: async (browser, server) => {
      Object.assign(server.state, { isSignedIn: true, scope: 'admin', rights: [{ area: 'groups', may: 'see' }] });
      const page = await newPage(browser);
      await page.goto(`${server.address}#/groups`);
      await page.getByRole('heading', { name: 'Sales', exact: true }).waitFor();
      assert.equal(await page.getByRole('button', { name: /^(Add a group|Change|Delete)/ }).count(), 0);
      await page.goto(`${server.address}#/rights`);
      await page.getByText('As Administrator, the group Sales').waitFor();
      await page.getByText('You look after: Yard.').waitFor();
      assert.deepEqual(page.faults, []);
    },
  },
];
