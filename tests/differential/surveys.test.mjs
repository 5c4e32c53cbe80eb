// SPDX-License-Identifier: Apache-2.0
// The same surveys and answers through survey-core and through core/survey (survey_eval), compared in bulk.
import {readdirSync, readFileSync} from 'node:fs';
import test from 'node:test';
import {isDeepStrictEqual as same} from 'node:util';

import {answersOf, caseCount, evaluateAll, reportDifferences, seed} from './compare.mjs';
import * as generate from './generate.mjs';
import * as oracle from './oracle.mjs';

// SurveyJS checks a value only by its rules; what its widgets keep out, core/survey finds besides.
const ownRules = new Set(['required', 'too_few', 'not_an_email']);
const known = (steps, theirs) => Object.fromEntries(Object.entries(steps).filter(([page]) => !(page in theirs) || theirs[page] !== undefined));
const sameCase = (ours, {hidesItself, ...theirs}) => {
  const faults = Object.entries(ours.faults).filter(([name, fault]) => ownRules.has(fault) && !hidesItself.includes(name));
  const next = known(ours.next, theirs.next);
  const previous = known(ours.previous, theirs.previous);
  return same(
    {...ours, next, previous, faults: Object.fromEntries(faults)},
    {...theirs, next: known(theirs.next, theirs.next), previous: known(theirs.previous, theirs.previous)},
  );
};

function compareSurveys(what, requests) {
  const replies = evaluateAll(requests);
  const differences = [];
  let compared = 0;
  let changed = 0;
  let thrown = 0;
  requests.forEach(({survey, answers}, index) => {
    if (replies[index].problems) return differences.push({survey, problems: replies[index].problems});
    answers.forEach((given, which) => {
      let theirs;
      try {
        theirs = oracle.runCase(survey, given);
      } catch {
        return ++thrown;
      }
      if (!theirs) return ++changed;
      ++compared;
      const ours = replies[index].cases[which];
      if (!sameCase(ours, theirs)) differences.push({survey, answers: given, ours, theirs});
    });
  });
  reportDifferences(what, compared, differences, `, survey-core throws on ${thrown} and changes the answers of ${changed}`);
}

test('every question type with empty, wrong-typed and missing answers is shown, judged and kept as by survey-core', () => {
  const random = generate.randomFrom(1);
  const requests = generate.questionTypes.flatMap((type) => random.times(5, (round) => {
    const made = {...generate.question(random, 'q', type), ...(type !== 'html' && round % 2 === 0 ? {isRequired: true} : {})};
    const follower = type === 'html' ? [] : [{type: 'comment', name: 'after', visibleIf: '{q} notempty'}, {type: 'comment', name: 'three', visibleIf: '{q} = 3'}];
    const survey = {pages: [{name: 'p1', elements: [made]}, {name: 'p2', elements: [...follower, {type: 'html', name: 'h', html: 'end'}]}]};
    const given = type === 'html' ? [{}] : [...generate.values, 'indeterminate', 'a@b.nl', 'x'.repeat(20)].map((q) => answersOf({q, after: 'text', three: 'x'}));
    return {survey, answers: given};
  }));
  compareSurveys('question types', requests);
});

test('random surveys take random answers through the same pages, with the same validity and the same result', () => {
  const random = generate.randomFrom(seed ^ 0x5e7e);
  const perSurvey = 4;
  const requests = random.times(Math.ceil(caseCount / perSurvey), () => {
    const survey = generate.survey(random);
    return {survey, answers: random.times(perSurvey, () => generate.surveyAnswers(random, survey))};
  });
  compareSurveys('random surveys', requests);
});

test('the surveys that ship behave in survey-core as here', () => {
  const random = generate.randomFrom(seed ^ 0xa55e);
  const read = (path) => JSON.parse(readFileSync(new URL(`../../assets/surveys/${path}`, import.meta.url)));
  const templates = readdirSync(new URL('../../assets/surveys/templates/', import.meta.url)).map((name) => read(`templates/${name}`).definition);
  const requests = [read('visit.json'), read('counter.json'), ...templates].map((survey) => (
    {survey, answers: random.times(100, () => generate.surveyAnswers(random, survey))}
  ));
  compareSurveys('shipped surveys', requests);
});
