// SPDX-License-Identifier: Apache-2.0
// The same questions put to survey-core, in the shape in which survey_eval answers.
import {Model} from 'survey-core';

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

// Validating and leaving a page take choices that are not offered out of an answer, and what looks
// at that answer changes with it. So every question starts from all answers, and one that hides itself
// by being judged (it has no fault then) is left out of the comparison.
class Session {
  constructor(definition, answers) {
    this.definition = definition;
    this.answers = answers;
    this.load();
  }
  load() {
    this.survey = new Model(this.definition);
    this.survey.validationEnabled = false;
    this.survey.data = asJson(this.answers);
    this.loaded = this.values();
  }
  values() {
    return JSON.stringify(this.survey.getAllQuestions().map((question) => question.value ?? null));
  }
  untouched() {
    if (this.values() !== this.loaded) this.load();
    return this.survey;
  }
}

function faultsOf(session, names) {
  const faults = {};
  const hidesItself = [];
  for (const name of names) {
    const question = session.untouched().getQuestionByName(name);
    const fault = faultOf(question);
    if (!question.isVisible || !question.parent.isVisible) hidesItself.push(name);
    else if (fault) faults[name] = fault;
  }
  return {faults, hidesItself};
}

// The page that a step leads to; undefined where taking the step changed the answers.
function stepFrom(session, name, step) {
  const survey = session.untouched();
  survey.currentPage = survey.getPageByName(name);
  const target = survey[step]() ? survey.currentPage.name : null;
  return session.values() === session.loaded ? target : undefined;
}

// null where survey-core takes choices that are not offered out of the answers when a page hides.
export function runCase(definition, answers) {
  const session = new Session(definition, answers);
  if (JSON.stringify(session.survey.data) !== JSON.stringify(asJson(answers))) return null;
  const visible = (page) => page.questions.filter((question) => question.isVisible).map((question) => question.name);
  const pages = session.survey.visiblePages.map((page) => page.name);
  const questions = session.survey.pages.flatMap(visible);
  const shown = session.survey.visiblePages.flatMap(visible);
  const steps = (step) => Object.fromEntries(pages.map((name) => [name, stepFrom(session, name, step)]));
  const result = {questions, pages, next: steps('nextPage'), previous: steps('prevPage'), ...faultsOf(session, shown)};
  const survey = session.untouched();
  survey.doComplete();
  const kept = survey.getAllQuestions().filter((question) => !question.isEmpty());
  return {...result, completed: asJson(Object.fromEntries(kept.map((question) => [question.name, question.value])))};
}
