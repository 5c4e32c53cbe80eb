// SPDX-License-Identifier: Apache-2.0
// Signing in and out, the first run, people, and keys of programs.
import { randomBytes } from 'node:crypto';
import { canary, password } from './common.mjs';

const newPerson = (s) => ({ email: `${s.fresh('kanarie')}@vogels.example`, name: canary.name, roles: ['analyst', 'branch_manager'], branches: [s.branch] });
const tokenOf = ({ url }) => url.split('#')[1];

async function personWithPassword(s) {
  const person = await s.invite('reader');
  await s.hq.call('POST', '/sessions/link', { token: tokenOf(person), password });
  return person;
}

export const peopleOperations = {
  setUp: async (s) => {
    const [first, second] = [await s.emptyServer(), await s.emptyServer()];
    const body = { organisation: canary.name, email: 'kanarie@vogels.example', password };
    const key = randomBytes(32).toString('base64url');
    return [
      { at: first.url, body: { ...body, token: first.token } },
      { at: second.url, body: { ...body, token: second.token, demo: true, sealing_public_key: key } },
    ];
  },
  signIn: async (s) => ({ body: { email: (await personWithPassword(s)).email, password } }),
  signInByLink: async (s) => [{ body: { token: tokenOf(await s.invite('reader')) } }, { body: { token: tokenOf(await s.invite('branch_manager')), password } }],
  signOut: async (s) => ({ who: await s.person('reader') }),
  getMe: async (s) => Object.values(s.people).map((who) => ({ who })),
  makeSignInLink: async () => ({}),
  listPeople: async () => ({}),
  invitePerson: async (s) => ({ body: newPerson(s) }),
  changePerson: async (s) => ({ path: { id: (await s.invite('reader')).id }, body: { name: canary.name, roles: ['reader', 'branch_manager'], branches: [s.branch] } }),
  removePerson: async (s) => ({ path: { id: (await s.invite('reader')).id } }),
  makeLinkForPerson: async (s) => ({ path: { id: (await s.invite('reader')).id } }),
  listApiKeys: async (s) => {
    await s.hq.call('POST', '/api-keys', { name: s.fresh('key'), roles: ['reader'], days: 7 });
    return {};
  },
  makeApiKey: async (s) => [
    { body: { name: s.fresh('key'), roles: ['reader'] } },
    { body: { name: s.fresh('key'), roles: ['branch_manager'], branches: [s.branch], days: 30 } },
  ],
  removeApiKey: async (s) => ({ path: { id: (await s.hq.call('POST', '/api-keys', { name: s.fresh('key'), roles: ['reader'] })).id } }),
};
