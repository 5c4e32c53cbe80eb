// SPDX-License-Identifier: Apache-2.0
// Random expressions, surveys and answers inside the published subset, from a seed.

// Mulberry32: 32 bits of state, the same sequence on every machine.
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    times: (count, make) => Array.from({length: count}, (_, index) => make(index)),
  };
}

export const binaryOperators = ['or', 'and', '<=', '>=', '=', '!=', '<', '>', '+', '-', '*', '/', '%', '^', 'contains', 'notcontains', 'anyof', 'allof', 'noneof'];
export const spellings = [
  '||', '&&', '=<', 'lessorequal', '=>', 'greaterorequal', '==', 'equal', 'equals', '<>', 'notequal', 'notequals', 'less', 'greater',
  'power', 'contain', '*=', 'notcontain', 'OR', 'And', 'CONTAINS', 'NotEqual', 'AnyOf',
];
const operators = [...binaryOperators, ...spellings];
export const functions = {iif: [3, 3], sum: [1, 4], min: [1, 4], max: [1, 4], avg: [1, 4], count: [1, 4], round: [1, 2]};

// Each kind of value an answer can have, right or wrong; undefined is a missing answer.
export const values = [
  undefined, null, '', '  ', 0, 1, 2, 3, 10, -1, 1.5, 0.1, 0.2, 1e21, 1e-7, true, false, '0', '1', '2', '10', '1.5', '1,5', ' 7 ',
  '007', '0x1F', '1e3', '1234567890123456', 'true', 'False', 'undefined', 'null', "'quoted'", 'queue', 'QUEUE', 'Straße', 'ÉTÉ',
  'été', 'ΟΔΟΣ', 'οδος', 'a', 'a b', '2024-01-31', 'Infinity', '\u{1F600}', '\uFFFD', [], [1], [2], ['1'], [1, 2], [2, 1],
  ['queue', 'staff'], ['staff', 'queue'], ['QUEUE'], [''], [null], [true], [[1]], [0.1, 0.2], [1.5], {}, {x: 1}, {x: ''}, [{x: 1}],
];

const constants = ['0', '1', '2', '-1', '3', '10', '0.1', '1.5', "'1'", "'queue'", '"QUEUE"', "''", "'a'", "'1.5'", 'true', 'False', "'été'", "'it\\'s'"];
const references = ['{a}', '{b}', '{c}', '{d}', '{a.length}', '{b[0]}', '{c[1]}'];

function operand(random, depth) {
  const choice = random.below(depth > 0 ? 10 : 4);
  if (choice < 2) return random.pick(references) + (random.chance(0.2) ? random.pick([' empty', ' notempty', ' NotEmpty']) : '');
  if (choice < 4) return random.pick(constants);
  if (choice === 4) return `[${random.times(random.below(4), () => expression(random, depth - 1)).join(', ')}]`;
  if (choice === 5) {
    const [name, [min, max]] = random.pick(Object.entries(functions));
    return `${name}(${random.times(min + random.below(max - min + 1), () => expression(random, depth - 1)).join(', ')})`;
  }
  if (choice === 6) return random.pick(['!', '! ', 'negate ']) + operand(random, depth - 1);
  return `(${expression(random, depth - 1)})`;
}

export function expression(random, depth = 3) {
  let text = operand(random, depth);
  for (let more = random.below(3); more > 0; --more) text += ` ${random.pick(operators)} ${operand(random, depth - 1)}`;
  return text;
}

// Text that is mostly not an expression: the C++ side must accept nothing that survey-core does not.
export function tokens(random) {
  const pieces = [...operators, ...constants, ...references, '(', ')', '[', ']', ',', '!', 'empty', 'notempty', 'negate', 'sum(', 'iif(',
    'today()', '{', '}', "'", '"', '\\', ' ', '.', '0x1F', '007', 'null', 'undefined', 'word', '-', '{z y}', '\n', '$', 'or1'];
  return random.times(1 + random.below(7), () => random.pick(pieces)).join(random.pick(['', ' ']));
}

export const answers = (random, names = ['a', 'b', 'c', 'd']) =>
  Object.fromEntries(names.map((name) => [name, random.pick(values)]).filter(([, value]) => value !== undefined));

// --- surveys

const choiceLists = [
  ['staff', 'queue', 'price'], [1, 2, 3], ['1', 'two', 3], [{value: 'a', text: 'A'}, {value: 'b', text: {default: 'B', de: 'Bé'}}, 'other'],
  ['none', 'other', 'Staff'], [{value: 0, text: 'zero'}, {value: 10, text: 'ten'}],
];

const kinds = {
  rating: (random) => random.pick([
    {rateType: 'smileys'}, {rateType: 'stars', rateMax: 4}, {rateType: 'labels', rateMin: 0, rateMax: 10}, {rateType: 'numbers', rateMin: 2, rateCount: 4},
    {rateMax: 7, rateCount: 3}, {rateType: 'smileys', rateValues: [1, 2, {value: 3, text: 'three'}]}, {rateValues: [0, 5], rateCount: 2, autoGenerate: false},
  ]),
  radiogroup: (random) => ({choices: random.pick(choiceLists)}),
  checkbox: (random) => ({
    choices: random.pick(choiceLists),
    ...(random.chance(0.3) ? {minSelectedChoices: random.below(3)} : {}), ...(random.chance(0.3) ? {maxSelectedChoices: 2} : {}),
  }),
  comment: (random) => (random.chance(0.5) ? {maxLength: 5} : {}),
  text: (random) => ({inputType: random.pick(['text', 'email', 'tel', 'number']), ...(random.chance(0.3) ? {maxLength: 5} : {})}),
  boolean: () => ({labelTrue: 'Yes'}),
  html: () => ({html: 'Some <b>bold</b> text'}),
};
export const questionTypes = Object.keys(kinds);

// An expression about these questions, at times about none in particular.
function condition(random, questions) {
  const known = questions.filter((question) => question.type !== 'html');
  if (known.length === 0) return random.pick(['1 = 1', 'true', '1', "'' empty", "'a' = 'b'"]);
  const reference = () => {
    const {name, type, inputType} = random.pick(known);
    const parts = type === 'checkbox' ? ['', '', '', '.length', '[0]', '[1]'] : type === 'comment' || (type === 'text' && inputType !== 'number') ? ['', '', '.length'] : [''];
    return `{${name}${random.pick(parts)}}`;
  };
  return expression(random, 1).replace(/\{[^}]*\}/g, reference);
}

export function question(random, name, type, others = []) {
  return {
    type, name,
    ...kinds[type](random),
    ...(type !== 'html' && random.chance(0.3) ? {isRequired: true} : {}),
    ...(others.length > 0 && random.chance(0.6) ? {visibleIf: condition(random, others)} : {}),
  };
}

export function survey(random) {
  const questions = [];
  for (let index = random.below(7); index >= 0; --index) {
    const made = question(random, `q${questions.length + 1}`, random.pick(questionTypes));
    questions.push(made);
  }
  for (const made of questions) if (random.chance(0.6)) made.visibleIf = condition(random, questions);
  const pages = [];
  for (let start = 0; start < questions.length;) {
    const size = 1 + random.below(3);
    const page = {name: `p${pages.length + 1}`, elements: questions.slice(start, start + size)};
    if (random.chance(0.3)) page.visibleIf = condition(random, questions);
    pages.push(page);
    start += size;
  }
  return {...(random.chance(0.5) ? {locale: 'nl'} : {}), pages};
}

const emails = ['x@y.nl', 'x', 'a.b@c.d.org', '"a b"@c.de', 'a@b', 'a@b.c', '@b.nl', 'a..b@c.nl', 'a@b=c.nl', 'ü@ö.de', 'a@@b.nl', 'a @b.nl', ' a@b.nl'];

function enteredValue(random, made) {
  const choices = (made.choices ?? []).map((choice) => choice.value ?? choice);
  switch (made.type) {
    case 'rating': return random.below(11);
    case 'radiogroup': return random.pick(choices);
    case 'checkbox': return random.times(1 + random.below(3), () => random.pick(choices));
    case 'boolean': return random.chance(0.5);
    default: return random.pick(made.inputType === 'email' ? emails : ['short', 'longer than five', '12', 'queue']);
  }
}

// A text field given a list of blanks shows no text, but survey-core goes on counting the list's length.
const isBlankList = (made, value) => (made.type === 'text' || made.type === 'comment') && Array.isArray(value) && value.join('').trim() === '';

// Mostly what the widgets let a visitor enter, at times anything at all, at times nothing.
export function surveyAnswers(random, definition) {
  const entries = [];
  for (const made of definition.pages.flatMap((page) => page.elements)) {
    if (made.type === 'html' || random.chance(0.25)) continue;
    const value = random.chance(0.7) ? enteredValue(random, made) : random.pick([...values, 'indeterminate', 'a@b.nl']);
    if (value !== undefined && !isBlankList(made, value)) entries.push([made.name, value]);
  }
  return Object.fromEntries(entries);
}
