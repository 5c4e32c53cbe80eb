// SPDX-License-Identifier: Apache-2.0
// What is asked, and what happened when.
import { send } from '../callers.mjs';
import { canary, dayBefore, metrics, survey } from './common.mjs';

async function draft(s) {
  const id = s.fresh('survey');
  await s.hq.call('PUT', `/surveys/${id}/draft`, { definition: survey, metrics });
  return id;
}

const ofDraft = async (s) => ({ path: { id: await draft(s) } });
const ofSurvey = async () => ({ path: { id: 'visit' } });
const firstRevision = { 'if-match': '"1"' };

async function translated(s) {
  const path = `${s.url}/api/v1/surveys/visit/texts?language=es`;
  const po = await send(path, { headers: s.people.administrator.headers() });
  return String(po.body).replace(/(msgid "Your visit"\nmsgstr) ""/, '$1 "Su visita"');
}

export const surveyOperations = {
  listSurveys: async (s) => {
    await draft(s);
    return {};
  },
  listSurveyTemplates: async () => ({}),
  getSurveyVersions: ofSurvey,
  getSurveyDraft: ofDraft,
  saveSurveyDraft: async (s) => [
    { path: { id: s.fresh('survey') }, body: {} },
    { path: { id: s.fresh('survey') }, body: { definition: { ...survey, title: { nl: 'Kort', en: 'Short', fr: 'Court' } }, metrics } },
    { path: { id: await draft(s) }, anyId: true, headers: firstRevision, body: { definition: { ...survey, locale: 'en' }, metrics } },
  ],
  dropSurveyDraft: async (s) => ({ ...(await ofDraft(s)), anyId: true }),
  publishSurvey: ofDraft,
  exportSurvey: ofSurvey,
  importSurvey: async (s) => [
    { path: { id: s.fresh('survey') }, body: { elements: [{ type: 'text', name: 'q' }, { type: 'matrix', name: 'm' }] } },
    { path: { id: await draft(s) }, anyId: true, headers: firstRevision, body: survey },
  ],
  exportSurveyTexts: async () => ({ path: { id: 'visit' }, query: { language: 'es' } }),
  importSurveyTexts: async (s) => {
    const id = s.fresh('survey');
    const { surveys } = await s.hq.get('/organisation');
    const visit = surveys.find((one) => one.id === 'visit');
    await s.hq.call('PUT', `/surveys/${id}/draft`, { definition: visit.definition, metrics: visit.metrics });
    return { path: { id }, headers: firstRevision, type: 'text/x-gettext-translation', body: await translated(s) };
  },
  listMarkers: async (s) => {
    await s.hq.call('POST', '/markers', { day: dayBefore(3), label: 'refit' });
    return {};
  },
  addMarker: async (s) => [
    { body: { day: dayBefore(2), label: canary.comment } },
    { body: { day: dayBefore(1), label: 'promotion', region: 'zuid', branch: s.branch, touchpoint: 'checkout' } },
  ],
  removeMarker: async (s) => ({ path: { id: (await s.hq.call('POST', '/markers', { day: dayBefore(3), label: 'refit' })).id } }),
};
