// SPDX-License-Identifier: Apache-2.0
// The same questions put to survey-core, in the shape in which survey_eval answers.
import {Helpers, Model} from 'survey-core';

// What JSON cannot hold (undefined, NaN, infinity) counts as null, on both sides.
const asJson = (value) => JSON.parse(JSON.stringify({value: value ?? null})).value;

// A rating keeps any value as it is, so it shows the expression what the answers hold.
const holder = new Model({pages: [{name: 'p', elements: ['a', 'b', 'c', 'd'].map((name) => ({type: 'rating', name}))}]});

// survey-core keeps an old answer that it holds for equal to the new one ([] for a missing one), so
// each case starts from an answer equal to none.
const unlike = {a: 'unlike', b: 'unlike', c: 'unlike', d: 'unlike'};
function hold(answers) {
  holder.data = {...unlike};
  holder.data = asJson(answers);
}

// {value}, or {thrown} where survey-core itself gives up, or {invalid} where it cannot read the text.
export function evaluate({expression, answers}) {
  hold(answers);
  try {
    const value = holder.runExpression(expression);
    return {value: asJson(value), holds: value === true};
  } catch (thrown) {
    return {thrown: String(thrown)};
  }
}

export function reads(expression) {
  const messages = [];
  const warn = console.warn;
  console.warn = (...message) => messages.push(message.join(' '));
  try {
    holder.runExpression(expression);
  } finally {
    console.warn = warn;
  }
  return !messages.some((message) => message.includes('Invalid expression'));
}

function faultOf(question) {
  question.validate(true);
  if (question.errors.length === 0) return null;
  if (question.errors[0].getErrorType() === 'required') return 'required';
  return question.getType() === 'checkbox' ? 'too_few' : 'not_an_email';
}

// Validating takes choices that are not offered out of an answer. So each question starts from all
// answers, and one that hides itself by it (it has no fault then) is left out of the comparison.
function faultsOf(survey, questions, answers) {
  const faults = {};
  const hidesItself = [];
  for (const question of questions) {
    const before = JSON.stringify(question.value);
    const fault = faultOf(question);
    if (fault) faults[question.name] = fault;
    if (!question.isVisible || !question.parent.isVisible) hidesItself.push(question.name);
    if (JSON.stringify(question.value) !== before) survey.data = asJson(answers);
  }
  return {faults, hidesItself};
}

function stepFrom(survey, page, step) {
  survey.currentPage = page;
  return survey[step]() ? survey.currentPage.name : null;
}

const named = (pages, make) => Object.fromEntries(pages.map((page) => [page.name, make(page)]));

function load(definition, answers) {
  const survey = new Model(definition);
  survey.data = asJson(answers);
  return survey;
}

export function runCase(definition, answers) {
  const survey = load(definition, answers);
  survey.validationEnabled = false;
  const visible = (page) => page.questions.filter((question) => question.isVisible);
  const pages = survey.visiblePages;
  const result = {
    questions: survey.pages.flatMap(visible).map((question) => question.name),
    pages: pages.map((page) => page.name),
    next: named(pages, (page) => stepFrom(survey, page, 'nextPage')),
    previous: named(pages, (page) => stepFrom(survey, page, 'prevPage')),
  };
  const done = load(definition, answers);
  done.doComplete();
  const kept = done.getAllQuestions().filter((question) => !Helpers.isValueEmpty(question.value));
  const completed = asJson(Object.fromEntries(kept.map((question) => [question.name, question.value])));
  const judged = load(definition, answers);
  return {...result, completed, ...faultsOf(judged, judged.visiblePages.flatMap(visible), answers)};
}
