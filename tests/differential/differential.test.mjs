// SPDX-License-Identifier: Apache-2.0
// The same surveys, answers and expressions through survey-core and through core/survey
// (survey_eval), compared in bulk. HALTE_SEED repeats a run, HALTE_CASES sets the random cases.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {isDeepStrictEqual} from 'node:util';

import * as generate from './generate.mjs';
import * as oracle from './oracle.mjs';

const evaluator = process.env.HALTE_SURVEY_EVAL;
const seed = Number(process.env.HALTE_SEED ?? Math.floor(Math.random() * 2 ** 32));
const caseCount = Number(process.env.HALTE_CASES ?? 10000);
console.log(`HALTE_SEED=${seed} HALTE_CASES=${caseCount}`);

function evaluateAll(requests) {
  const input = requests.map((request) => JSON.stringify(request)).join('\n');
  const run = spawnSync(evaluator, {input, encoding: 'utf8', maxBuffer: 2 ** 30});
  assert.equal(run.status, 0, `survey_eval: ${run.error ?? run.stderr}`);
  const replies = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(replies.length, requests.length);
  return replies;
}

const same = isDeepStrictEqual;

// V8's power is a few units of the last place off for fractions; everything else must be equal.
const withTwelveDigits = (result) => JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
const sameResult = (expression, ours, theirs) =>
  same(ours, theirs) || (/\^|power/i.test(expression) && same(JSON.parse(withTwelveDigits(ours)), JSON.parse(withTwelveDigits(theirs))));

function reportDifferences(what, compared, differences, remark = '') {
  console.log(`${what}: ${compared} compared, ${differences.length} different${remark}`);
  const shown = differences.slice(0, 8).map((difference) => JSON.stringify(difference)).join('\n');
  assert.equal(differences.length, 0, `HALTE_SEED=${seed}\n${shown}`);
}

// Every expression must be accepted by both and give the same value; survey-core throws on a few.
function compareExpressions(what, requests) {
  const replies = evaluateAll(requests);
  const differences = [];
  let thrown = 0;
  requests.forEach((request, index) => {
    const theirs = oracle.evaluate(request);
    if (theirs.thrown) ++thrown;
    else if (!sameResult(request.expression, replies[index], theirs)) differences.push({...request, ours: replies[index], theirs});
  });
  reportDifferences(what, requests.length - thrown, differences, `, survey-core throws on ${thrown}`);
}

const answersOf = (entries) => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
const pairs = generate.values.flatMap((a) => generate.values.map((b) => ({a, b})));

test('every binary operator decides on every pair of values as survey-core does', () => {
  const sweep = (operator, over) => over.map((pair) => ({expression: `{a} ${operator} {b}`, answers: answersOf(pair)}));
  const requests = [
    ...generate.binaryOperators.flatMap((operator) => sweep(operator, pairs)),
    ...generate.spellings.flatMap((operator) => sweep(operator, pairs.filter((_, index) => index % 97 === 0))),
  ];
  compareExpressions('binary operators', requests);
});

test('every unary operator, length, item and bare name gives what survey-core gives', () => {
  const forms = ['{a}', '!{a}', 'negate {a}', '{a} empty', '{a} notempty', '!{a} empty', '{a.length}', '{a[0]}', '{a[1]}', '({a})', '[{a}]', '[{a}, 1]'];
  compareExpressions('unary forms', forms.flatMap((expression) => generate.values.map((a) => ({expression, answers: answersOf({a})}))));
});

test('every function gives on every pair of values what survey-core gives', () => {
  const calls = Object.keys(generate.functions).flatMap((name) =>
    name === 'iif' ? ['iif({a}, {b}, 3)', "iif({b}, 'x', {a})"] : name === 'round' ? ['round({a})', 'round({a}, {b})'] : [`${name}({a})`, `${name}({a}, {b})`, `${name}([{a}, 2.5], {b})`]);
  compareExpressions('functions', calls.flatMap((expression) => pairs.map((pair) => ({expression, answers: answersOf(pair)}))));
});

test('random expressions give what survey-core gives', () => {
  const random = generate.randomFrom(seed);
  compareExpressions('random expressions', random.times(caseCount, () => ({expression: generate.expression(random), answers: generate.answers(random)})));
});

test('what the C++ side reads as an expression, survey-core reads as the same', () => {
  const random = generate.randomFrom(seed ^ 0x70ce);
  const requests = random.times(caseCount * 3, () => ({expression: generate.tokens(random), answers: generate.answers(random)}));
  const replies = evaluateAll(requests);
  const accepted = requests.map((request, index) => ({request, ours: replies[index]})).filter(({ours}) => !ours.error);
  const differences = [];
  for (const {request, ours} of accepted) {
    const theirs = oracle.reads(request.expression) ? oracle.evaluate(request) : {invalid: true};
    if (!theirs.thrown && !sameResult(request.expression, ours, theirs)) differences.push({...request, ours, theirs});
  }
  assert.ok(accepted.length > 0);
  reportDifferences(`random texts (${accepted.length} of ${requests.length} are expressions)`, accepted.length, differences);
});

// --- surveys

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
  const requests = ['visit', 'counter'].map((name) => {
    const survey = JSON.parse(readFileSync(new URL(`../../assets/surveys/${name}.json`, import.meta.url)));
    return {survey, answers: random.times(500, () => generate.surveyAnswers(random, survey))};
  });
  compareSurveys('shipped surveys', requests);
});
