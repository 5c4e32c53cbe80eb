// SPDX-License-Identifier: Apache-2.0
// Places, kiosks and their settings.
import { send } from '../callers.mjs';
import { canary, metrics, password, survey } from './common.mjs';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="40" height="10" fill="#0a0"/></svg>';

// Something new of everything that the document can have.
async function additions(s) {
  const { settings, journeys } = await s.hq.get('/organisation');
  const [region, branch, touchpoint, kiosk] = ['region', 'branch', 'touchpoint', 'kiosk'].map((kind) => s.fresh(kind));
  const hours = { mon: ['08:00-12:00', '13:00-18:00'], ...Object.fromEntries(['tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['09:00-17:00']])) };
  const timeouts = { answer: 30, keyboard: 60, still_there: 30, thanks: 5, thanks_with_qr: 30 };
  const look = { theme: 'dark', motion: 'calm', text_size: 'large', display: { diagonal_in: 24, bottom_mm: 900 } };
  const local = { ...look, languages: ['nl', 'en'], recommend_share: 0.5, receipts: true, logo: settings.logo, pictures: settings.pictures, timeouts };
  const own = { zone: 'Europe/Brussels', opening_hours: hours, silent_minutes: 45, settings: local };
  const plan = [{ survey: 'visit', version: 1, from: '2026-01-01', variant: 'a' }, { survey: 'visit', from: '2026-01-01', variant: 'b' }];
  const texts = Object.fromEntries(settings.languages.map((language) => [language, canary.comment]));
  return {
    name: 'Versmarkt',
    k: 10,
    accent: '#00a0c0',
    ...own,
    settings: { ...settings, k: 10, coarsening_minutes: 30, scale_direction: 'negative_first', retention: { contact_days: 20, free_text_days: 100 } },
    contact: { enabled: true, fields: ['name', 'email'], age_gate: 16 },
    asks: { checkout: 'visit' },
    regions: [{ id: region, name: canary.name, parent: 'zuid', ...own }],
    branches: [{ id: branch, name: canary.name, region, ...own, asks: { checkout: plan } }],
    touchpoints: [{ id: touchpoint, name: canary.name, survey: 'visit' }],
    surveys: [{ id: s.fresh('survey'), version: 1, definition: survey, metrics: { stars: 'visit', reasons: [] } }],
    notices: [{ id: s.fresh('notice'), version: 1, purpose: s.fresh('purpose'), texts }],
    kiosks: [{ id: kiosk, name: canary.name, branch, touchpoint, paused: true, silent_minutes: 60 }],
    journeys,
  };
}

async function placesTable(s) {
  const table = await send(`${s.url}/api/v1/places/table`, { headers: s.people.administrator.headers() });
  return `${table.body}region,${s.fresh('region')},${canary.name},zuid,,,,08:00-18:00,,,,,,\r\n`;
}

const removed = (list, place) => async (s) => {
  const id = s.fresh('place');
  await s.hq.call('PUT', '/organisation', { [list]: [{ id, name: id, ...place }] });
  return { path: { id } };
};

export const organisationOperations = {
  getOrganisation: async () => ({}),
  provision: async (s) => {
    const { headers } = await send(`${s.url}/api/v1/organisation`, { headers: s.people.administrator.headers() });
    const there = { headers: { 'if-match': headers.etag }, body: await s.hq.get('/organisation') };
    return [{ query: { dry_run: 'true' }, ...there }, there, { query: { dry_run: 'false' }, body: await additions(s) }];
  },
  getPlaces: async () => ({}),
  getPlacesTable: async () => ({}),
  putPlacesTable: async (s) => {
    const table = { type: 'text/csv', body: await placesTable(s) };
    return [{ query: { dry_run: 'true' }, ...table }, table];
  },
  removeRegion: removed('regions', {}),
  removeBranch: removed('branches', { zone: 'Europe/Amsterdam' }),
  removeTouchpoint: removed('touchpoints', { survey: 'visit' }),
  removeKiosk: removed('kiosks', { branch: 'utrecht-centrum', touchpoint: 'checkout' }),
  importPicture: async (s) => {
    const pictures = (await s.hq.get('/organisation')).settings;
    const bytes = async (id) => (await send(`${s.url}/api/v1/kiosk/pictures/${id}`, { headers: s.kiosk.headers() })).body;
    return [
      { query: { use: 'logo' }, type: 'image/svg+xml', body: svg },
      { query: { use: 'logo' }, type: 'image/png', body: await bytes(pictures.logo) },
      { query: { use: 'attract' }, type: 'image/jpeg', body: await bytes(pictures.pictures[0]) },
    ];
  },
  removeDemo: async (s) => {
    const { url, administrator } = await s.setUpServer({ organisation: 'For a moment', email: 'nobody@halte.example', password, demo: true });
    return { at: url, who: administrator };
  },
  listKiosks: async (s) => ['administrator', 'branch_manager'].map((role) => ({ who: s.people[role] })),
  revokeKiosk: async (s) => ({ path: { id: await s.newKiosk() } }),
};
