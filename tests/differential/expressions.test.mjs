// SPDX-License-Identifier: Apache-2.0
// The same expressions and answers through survey-core and through core/survey (survey_eval), compared in bulk.
import assert from 'node:assert/strict';
import test from 'node:test';
import {isDeepStrictEqual as same} from 'node:util';

import {answersOf, caseCount, evaluateAll, reportDifferences, seed} from './compare.mjs';
import * as generate from './generate.mjs';
import * as oracle from './oracle.mjs';

// V8's power is a few units of the last place off for fractions; everything else must be equal.
const withTwelveDigits = (result) => JSON.stringify(result, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
const sameResult = (expression, ours, theirs) =>
  same(ours, theirs) || (/\^|power/i.test(expression) && same(JSON.parse(withTwelveDigits(ours)), JSON.parse(withTwelveDigits(theirs))));

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
