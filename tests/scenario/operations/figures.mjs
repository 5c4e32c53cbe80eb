// SPDX-License-Identifier: Apache-2.0
// What was answered, as figures and in words.
import { send } from '../callers.mjs';
import { dayBefore } from './common.mjs';
import { deliver, response } from './kiosks.mjs';

const journey = 'supermarkt-weekboodschappen';
const wide = () => ({ from: dayBefore(13), to: dayBefore(1) });

// Every parameter that reports share, but those that this one is without; and every form they come in.
const report = (more = {}, without = []) => async (s) => {
  const filtered = { region: 'randstad', touchpoint: 'checkout', language: 'nl', variant: 'a', metric: 'emotion' };
  for (const name of without) delete filtered[name];
  return [
    { query: { ...wide(), ...more } },
    { query: { days: '7', ...filtered, ...more } },
    { who: s.people.branch_manager, query: { days: '14', branch: s.branch, ...more } },
    { query: { ...wide(), format: 'json', ...more }, headers: { 'accept-language': 'en' } },
    { query: { ...wide(), format: 'csv', ...more } },
    { query: { days: '14', format: 'xlsx', ...more } },
  ];
};

// Asks one question in other words from now on, and gets an answer to it.
async function reword(s) {
  const { surveys } = await s.hq.get('/organisation');
  const newest = surveys.filter(({ id }) => id === 'visit').at(-1);
  const changed = { ...newest, version: newest.version + 1, definition: structuredClone(newest.definition) };
  const question = changed.definition.pages.flatMap((page) => page.elements).find(({ name }) => name === 'nps');
  question.title = { ...question.title, nl: `Zou u terugkomen? (${changed.version})` };
  await s.hq.call('PUT', '/organisation', { surveys: [changed] });
  await deliver(s, response({ survey_version: changed.version, answers: { visit: 4, nps: 9 } }));
}

async function comments(s) {
  const reviewer = { headers: s.people.reviewer.headers() };
  return JSON.parse((await send(`${s.url}/api/v1/comments?days=14&limit=1`, reviewer)).body);
}

export const figureOperations = {
  getOverview: async () => [{ query: { days: '14' } }, {}],
  listBranches: async () => ({}),
  getBranch: async (s) => ({ path: { id: s.branch }, query: { days: '14' }, headers: { 'accept-language': 'en' } }),
  listJourneys: async () => ({}),
  getJourney: async () => ({ path: { id: journey } }),
  getLiveJourney: async (s) =>
    [{ days: '5' }, { days: '14', branch: s.branch }].map((query) => ({ path: { id: journey }, query, headers: { 'accept-language': 'de' } })),
  getFilters: async (s) => ['reader', 'branch_manager'].map((role) => ({ who: s.people[role] })),
  getStats: report(),
  getTrend: async (s) => {
    await reword(s);
    return report({ step: 'week' })(s);
  },
  getHeatMap: report(),
  getCoverage: report({ by: 'branch' }, ['language', 'variant', 'metric']),
  getReasons: report(),
  getComparison: report({ by: 'branch' }),
  getChanges: report(),
  listComments: async (s) => [
    { query: { ...wide(), limit: '200' } },
    { query: { days: '14', limit: '1', cursor: (await comments(s)).next } },
    { query: { days: '14', branch: s.branch, score: 'low', reason: 'could_be_better:wait', status: 'new' } },
    { query: { days: '14', region: 'randstad', touchpoint: 'checkout', language: 'nl', tag: 'a tag', q: 'kassa' }, headers: { 'accept-language': 'en' } },
    { query: { days: '14', format: 'csv' } },
    { query: { days: '14', format: 'xlsx' } },
  ],
  reviewComment: async (s) => {
    const [{ id }] = (await comments(s)).comments;
    return [{ status: 'to_do', tags: ['a tag'] }, { tags: [] }].map((body) => ({ path: { id }, body }));
  },
  listen: async () => ({}),
};
