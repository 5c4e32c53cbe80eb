// SPDX-License-Identifier: Apache-2.0
// Documents of others: what core/survey makes of them against what survey-core makes of them, as they are and with
// every text edited. survey-core gets the document, core/survey its definition.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import test from 'node:test';

import {Model} from 'survey-core';

import {caseCount, evaluateAll, reportDifferences, seed} from './compare.mjs';
import * as generate from './generate.mjs';

const folder = new URL('../core/survey/surveyjs/', import.meta.url);
const documents = readdirSync(folder).sort().map((name) => ({name, document: JSON.parse(readFileSync(new URL(name, folder)))}));
const at = (document, pointer) => pointer.split('/').slice(1).reduce((node, key) => node[key], document);
const elements = (definition) => definition.pages.flatMap((page) => page.elements);

// The question of survey-core that stands at the pointer of the document.
const nameAt = (document, pointer) => at(document, pointer).name;
const answerKey = (document, pointer) => at(document, pointer).valueName ?? nameAt(document, pointer);

const importAll = (list) => evaluateAll(list.map(({document}) => ({import: document}))).map((reply, index) => {
  assert.equal(reply.problems, undefined, `${list[index].name}: ${JSON.stringify(reply.problems)}`);
  return {...list[index], ...reply};
});

// The text in the language, or undefined where it has none: then the kiosk goes on to the survey's own language and
// survey-core to its default.
const textIn = (text, locale, own) => (typeof text === 'object' ? text[locale] ?? (locale === own ? text.default : undefined) : locale === own ? text : undefined);
// What SurveyJS adds to the choices by a switch.
const specialValues = ['none', 'refused', 'dontknow', 'other'];

function* choicesShown(made, question, source, locale, own) {
  const items = made.choices ?? made.rateValues;
  if (!items || question.getType() === 'boolean') return;
  // The kiosk offers a choice whatever its own condition says.
  const added = () => question.visibleChoices.filter((item) => !question.choices.includes(item) && item !== question.selectAllItem);
  const theirs = question.getType() === 'rating' ? question.visibleRateValues : [...question.choices, ...added()];
  yield ['values', items.map((item) => item.value ?? item), theirs.map((item) => item.value)];
  for (const [index, item] of items.entries()) {
    const words = specialValues.includes(item.value) && !source[`${item.value === 'refused' ? 'refuse' : item.value}Text`];
    const text = textIn(item.text ?? String(item.value ?? item), locale, own);
    if (text !== undefined && !words) yield [`choice ${index}`, text, theirs[index].text];
  }
}

// [what, ours, theirs] of every text that both show, and of the order of questions and pages.
function* shownBy({document, definition, questions, pages}, locale) {
  const survey = new Model(document);
  survey.locale = locale;
  const own = definition.locale ?? 'en';
  const title = textIn(definition.title, locale, own);
  if (title !== undefined) yield ['title', title, survey.locTitle.textOrHtml];
  const order = elements(definition).map(({name}) => nameAt(document, questions[name]));
  yield ['order', order, survey.getAllQuestions().map(({name}) => name).filter((name) => order.includes(name))];
  for (const page of definition.pages)
    for (const made of page.elements) {
      const question = survey.getQuestionByName(nameAt(document, questions[made.name]));
      if (pages[page.name]) yield [`${made.name}: page`, at(document, pages[page.name]).name ?? page.name, question.page.name];
      if (made.type === 'html') continue;
      const text = textIn(made.title ?? made.name, locale, own);
      const written = question.locTitle.getLocaleText(locale) || question.locTitle.getLocaleText('default') || question.locTitle.textOrHtml;
      if (text !== undefined) yield [`${made.name}: title`, text, written.replaceAll(/\{[^}]*\}/g, '…')];
      yield [`${made.name}: required`, made.isRequired ?? false, question.isRequired];
      for (const [what, ours, theirs] of choicesShown(made, question, at(document, questions[made.name]), locale, own)) yield [`${made.name}: ${what}`, ours, theirs];
    }
}

test('what is asked has the order, the pages, the texts and the values that survey-core shows', () => {
  const differences = [];
  let compared = 0;
  for (const imported of importAll(documents))
    for (const locale of [imported.definition.locale ?? 'en', 'de', 'fr', 'zh-cn', 'pt-br'])
      for (const [what, ours, theirs] of shownBy(imported, locale)) {
        ++compared;
        if (JSON.stringify(ours) !== JSON.stringify(theirs)) differences.push({document: imported.name, locale, what, ours, theirs});
      }
  reportDifferences('what is shown', compared, differences);
});

function visibleBySurveyCore(document, questions, answers) {
  const survey = new Model(document);
  survey.data = answers;
  const visible = {};
  for (const [name, pointer] of Object.entries(questions)) {
    const question = survey.getQuestionByName(nameAt(document, pointer));
    visible[name] = question.isVisible && question.isParentVisible && question.page.isVisible;
  }
  // A value that no choice has is "other" there, and stands in the answers as it came where it is 0 or false.
  const taken = survey.getAllQuestions().some((question) => question.showOtherItem && [0, false].includes(answers[question.getValueName()]));
  return {visible, answers: survey.data, taken};
}

function compareVisibility(what, imported, perDocument) {
  const random = generate.randomFrom(seed ^ 0x1a9);
  const requests = imported.map(({definition}) => ({
    survey: definition,
    answers: random.times(perDocument, () => generate.surveyAnswers(random, definition)),
  }));
  const replies = evaluateAll(requests);
  const differences = [];
  let compared = 0;
  let changed = 0;
  let thrown = 0;
  imported.forEach(({name, document, definition, questions}, index) => requests[index].answers.forEach((given, which) => {
    const named = Object.fromEntries(Object.entries(given).map(([key, value]) => [answerKey(document, questions[key]), value]));
    let theirs;
    try {
      theirs = visibleBySurveyCore(document, questions, named);
    } catch {
      return ++thrown;
    }
    // As with other surveys: what survey-core takes out of the answers or puts in (its triggers) is not compared.
    if (theirs.taken || JSON.stringify(theirs.answers) !== JSON.stringify(named)) return ++changed;
    ++compared;
    const {questions: shown, pages} = replies[index].cases[which];
    for (const page of definition.pages)
      for (const made of page.elements) {
        const ours = shown.includes(made.name) && pages.includes(page.name);
        if (ours !== theirs.visible[made.name]) differences.push({document: name, question: made.name, answers: named, ours});
      }
  }));
  reportDifferences(what, compared, differences, `, survey-core throws on ${thrown} and changes the answers of ${changed}`);
  assert.ok(compared > changed);
}

test('random answers show the same questions as in survey-core', () => {
  compareVisibility('visibility', importAll(documents), Math.ceil(caseCount / 100));
});

test('a document comes out as survey-core got it, and edited texts arrive there with all else as it was', () => {
  const imported = importAll(documents);
  const same = evaluateAll(imported.map(({definition}) => ({export: definition})));
  same.forEach((reply, index) => assert.deepEqual(reply, {document: documents[index].document, not_carried: []}));
  const edit = (text) => (typeof text === 'object' ? Object.fromEntries(Object.entries(text).map(([key, value]) => [key, `${value} *`])) : `${text} *`);
  const edited = imported.map(({definition}) => {
    const copy = structuredClone(definition);
    for (const made of elements(copy).filter(({type}) => type !== 'html')) {
      made.title = edit(made.title ?? made.name);
      made.choices?.forEach((item, index) => (made.choices[index] = {value: item.value ?? item, text: edit(item.text ?? item.value ?? item)}));
    }
    return copy;
  });
  const exported = evaluateAll(edited.map((definition) => ({export: definition})));
  exported.forEach((reply, index) => assert.deepEqual(reply.not_carried, [], documents[index].name));
  const again = importAll(documents.map(({name}, index) => ({name, document: exported[index].document})));
  again.forEach(({definition, name, document}, index) => {
    const {surveyjs, ...bare} = definition;
    const {surveyjs: before, ...wanted} = edited[index];
    assert.deepEqual(bare, wanted, name);
    assert.deepEqual(surveyjs, document);
    const summary = (source) => new Model(source).getAllQuestions().map((question) => [question.name, question.getType(), question.page.name, question.visibleIf]);
    assert.deepEqual(summary(document), summary(documents[index].document), name);
  });
  compareVisibility('visibility after an edit', again, 20);
});
