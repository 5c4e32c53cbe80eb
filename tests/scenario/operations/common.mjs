// SPDX-License-Identifier: Apache-2.0
// What the good requests share.

// What a person might type: no log may hold it.
export const canary = {
  name: 'Kanarie Vogelzang',
  comment: 'Kanariegeel was de vla, en koud.',
  pattern: /kanarie/i,
};

export const password = 'groene fiets op de brug';

export const survey = {
  locale: 'nl',
  title: { nl: 'Kort', en: 'Short' },
  pages: [{ name: 'one', elements: [{ type: 'rating', name: 'visit', title: { nl: 'Hoe was het?', en: 'How was it?' }, rateType: 'stars', rateMin: 1, rateMax: 5 }] }],
};
export const metrics = { stars: 'visit' };

export const dayBefore = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
