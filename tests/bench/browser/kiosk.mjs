// SPDX-License-Identifier: Apache-2.0
// The kiosk's survey as SurveyJS shows it, with the kiosk's behaviour. Announces what halte-kiosk does, and only
// when another page stands: a page at rest does nothing.
const { Model } = globalThis.Survey;
const { renderSurvey } = globalThis.SurveyUI;

const lists = { face: '.sd-rating__item-smiley', number: '.sd-rating__item', chip: '.sd-selectbase__label' };
const buttons = { next: '.sd-navigation__next-btn', skip: '.sd-navigation__complete-btn', dismiss: '#dismiss' };
const hero = document.getElementById('hero');

const survey = new Model(await (await fetch('/survey.json')).json());
survey.locale = 'nl';
survey.showTitle = false;
survey.requiredMark = '';
survey.autoAdvanceEnabled = true;
survey.autoFocusFirstQuestion = false;
survey.completedHtml = '<h3>Dank u wel!</h3><p>Uw antwoord is opgeslagen.</p><button class="sd-btn" id="dismiss">Sluiten</button>';
// A row of buttons on a high panel too, where SurveyJS would rather make a list that opens.
for (const question of survey.getAllQuestions()) if (question.getType() === 'rating') question.displayMode = 'buttons';

const announce = (event) => fetch('/announce', { method: 'POST', body: JSON.stringify(event) });
const frame = () => new Promise(requestAnimationFrame);

// What stands, in the kiosk's words.
function screenName() {
  if (survey.state === 'completed') return 'thanks';
  return survey.isFirstPage ? 'rate' : `question/${survey.currentPage.questions.find((q) => q.isVisible).name}`;
}

function targets() {
  const found = {};
  const put = (id, element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    if (width > 0) found[id] = [x, y, width, height];
  };
  for (const [name, what] of Object.entries(lists)) document.querySelectorAll(what).forEach((element, i) => put(`${name}/${i}`, element));
  for (const [name, what] of Object.entries(buttons)) document.querySelectorAll(what).forEach((element) => put(name, element));
  return found;
}

// Once the picture is drawn and the pages have slid to where they stay.
async function tell() {
  const name = screenName();
  document.body.dataset.screen = name;
  let moving;
  do {
    await frame();
    await frame();
    moving = document.getAnimations().filter((animation) => !hero.contains(animation.effect.target));
    await Promise.allSettled(moving.map((animation) => animation.finished));
  } while (moving.length > 0);
  await announce({ event: 'screen', name, targets: targets() });
}

// One blink of 160 ms every 5 s, as the kiosk's face does it; nothing is drawn between two.
function blink() {
  const lids = { transform: ['none', 'scaleY(.12)', 'none'] };
  if (survey.isFirstPage) for (const eye of hero.querySelectorAll('.eye')) eye.animate(lids, 160);
}

survey.onCurrentPageChanged.add(tell);
survey.onComplete.add(async () => {
  await announce({ event: 'saved', ...survey.data });
  await tell();
});
// Two animation frames do not promise that a picture stands; the start ends when Chromium has presented the question.
survey.onAfterRenderQuestion.add((_, { htmlElement }) => (htmlElement.querySelector('.sd-title').elementTiming = 'question'));
const presented = new Promise((done) => new PerformanceObserver(done).observe({ type: 'element' }));
document.addEventListener('click', (event) => {
  if (event.target.id === 'dismiss') survey.clear(true, true);
});
renderSurvey(survey, document.getElementById('survey'));
if (new URLSearchParams(location.search).has('animated')) setInterval(blink, 5_000);
document.body.dataset.screen = screenName();
await presented;
await tell();
