// The question page, drawn from data alone: words, paper, view. It asks no clock, no server and no memory, so that the
// auditor's replay calls this very code and gets the very picture.
import { h, paint } from './paint.js';
import { both, say, shown, tags, tell } from './words.js';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'];
const CROSS = '×';
const ENDED = ['result', 'over', 'asked', 'loading', 'elsewhere', 'signed_out']; // no time is left, or none that is known

/** Put one picture of the attempt into `root`. */
export function draw(root, tree) {
  paint(root, [tree]);
  fit(root);
}

/** The question page. paper: {candidate, questions, demonstration, drafts}; view: see steps.js `opening`. */
export function screen(words, paper, view) {
  const question = paper.questions[view.position - 1];
  return frame(words, paper, view, [
    h('section', { class: `ask ${question.kind}${pictures(question).length ? ' with-picture' : ''}`, key: view.position, tabindex: -1, 'aria-labelledby': 'stem' },
      stem(words, view, question), h('div', { class: 'body' }, picture(words, view, question), options(words, view, question))),
    h('aside', { class: `panel${view.grid ? ' open' : ''}`, 'aria-label': tell(words, view.language, 'grid') },
      person(words, paper, view), grid(words, paper, view), legend(words, view)),
    bar(words, paper, view),
    view.zoom !== null && zoom(words, view, question),
  ]);
}

/** What every page of the terminal has: band, top line with language, size of the text and time left. */
export function frame(words, paper, view, inside, stage = 'question') {
  return h('div', { class: `screen lang-${view.language} size-${view.size} on-${stage}` },
    band(words, paper), top(words, paper, view, stage), inside);
}

function band(words, paper) {
  const keys = ['demonstration', 'drafts'].filter((key) => paper[key]);
  if (!keys.length) return null;
  return h('div', { class: 'band', role: 'note' },
    keys.map((key) => ['bo', 'zh'].map((code) => h('span', { lang: tags[code] }, words[code][key]))));
}

function top(words, paper, view, stage) {
  const { candidate, questions } = paper;
  const sizes = [0, 1, 2].map((size) => h('button', {
    type: 'button', class: `size s${size}`, 'data-do': 'size', 'data-with': size, 'aria-pressed': String(view.size === size),
    'aria-label': `${tell(words, view.language, 'text_size')} ${size + 1}`,
  }, 'A'));
  return h('header', { class: 'head' },
    h('div', { class: 'subject' }, h('span', { class: 'words' }, both(candidate.subject, view.language)), h('span', { class: 'class' }, candidate.licence_class)),
    stage === 'question' ? h('h1', { class: 'where' }, h('span', { class: 'words' }, say(words, view.language, 'question')),
      h('span', { class: 'figure' }, `${view.position} / ${questions.length}`)) : h('div', { class: 'where' }),
    h('div', { class: 'tongues', role: 'group', 'aria-label': tell(words, view.language, 'language') }, ['bo', 'zh', 'both'].map((code) => tongue(words, view, code))),
    h('div', { class: 'sizes', role: 'group', 'aria-label': tell(words, view.language, 'text_size') }, sizes),
    !ENDED.includes(stage) && h('div', { class: `time${view.secondsLeft <= 300 ? ' short' : ''}` },
      h('span', { class: 'words' }, say(words, view.language, 'time_left')),
      h('span', { class: 'figure', role: 'timer', 'aria-live': 'off' }, clock(view.secondsLeft))));
}

function tongue(words, view, code) {
  const names = code === 'zh' ? ['zh'] : ['bo', 'zh'];
  return h('button', { type: 'button', 'data-do': 'language', 'data-with': code, 'aria-pressed': String(view.language === code) },
    names.map((name) => h('span', { lang: tags[name] }, words[name][`tongue_${code}`])));
}

/** Whole seconds as minutes and seconds. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

function stem(words, view, question) {
  return h('div', { class: 'stem' },
    h('p', { class: 'kind' }, say(words, view.language, `kind_${question.kind}`)),
    h('div', { id: 'stem', class: 'words' }, both(question.stem, view.language)),
    listen(words, view, question.audio, 'stem'));
}

// A small player: only where there is a recording; pressed while it sounds. 8 plays the question, 9 one option after the other.
function listen(words, view, audio, of) {
  if (!audio) return null;
  return shown(view.language).filter((code) => audio[code]).map((code) => h('button', {
    type: 'button', class: 'listen', 'data-do': 'listen', 'data-with': audio[code], 'data-of': `${of}:${code}`, lang: tags[code],
    'aria-pressed': String(view.heard === `${of}:${code}`),
  }, h('span', { class: 'sound', 'aria-hidden': 'true' }), h('span', { class: 'words' }, words[code].listen), h('kbd', { 'aria-hidden': 'true' }, of === 'stem' ? 8 : 9)));
}

/** Pictures that belong to the stem. */
export function pictures(question) {
  return question.media || [];
}

function shownPicture(medium, language) {
  const alt = medium.alt ? medium.alt[shown(language)[0]] || '' : '';
  if (medium.kind === 'video') return h('video', { src: medium.url, key: medium.url, muted: true, autoplay: true, loop: true, playsinline: true, 'aria-label': alt });
  return h('img', { src: medium.url, key: medium.url, alt, draggable: 'false', decoding: 'sync' });
}

function picture(words, view, question) {
  const found = pictures(question);
  if (!found.length) return null;
  return h('div', { class: `pictures n${found.length}` }, found.map((medium, index) => h('button', {
    type: 'button', class: 'picture', 'data-do': 'zoom', 'data-with': index, 'aria-description': tell(words, view.language, 'enlarge'),
  }, shownPicture(medium, view.language))));
}

function options(words, view, question) {
  const chosen = view.answers[view.position] || [];
  const sent = !view.pending.includes(view.position);
  const shape = question.options.some((option) => (option.media || []).length) ? ' tiles' : '';
  return h('div', { class: `options${shape}`, role: 'group', 'aria-labelledby': 'stem' }, question.options.map((option, index) => {
    const on = chosen.includes(option.id);
    return h('div', { class: 'row', key: option.id },
      h('button', { type: 'button', class: `option${on ? ' on' : ''}`, 'data-do': 'choose', 'data-with': option.id, 'aria-pressed': String(on) },
        h('span', { class: 'letter' }, letter(question, index), h('kbd', { 'aria-hidden': 'true' }, index + 1)),
        h('span', { class: 'words' }, (option.media || []).map((medium) => shownPicture(medium, view.language)),
          !shape && both(option.text, view.language)),
        h('span', { class: `mark${on ? (sent ? ' tick' : ' going') : ''}`, 'aria-hidden': 'true' })),
      listen(words, view, option.audio, option.id));
  }));
}

// √ is drawn, not set: fonts show it as the root sign.
function letter(question, index) {
  if (question.kind !== 'judge') return h('b', null, LETTERS[index]);
  return index === 0 ? h('b', { class: 'right' }) : h('b', null, CROSS);
}

function person(words, paper, view) {
  const { candidate } = paper;
  const line = (key, value) => value && h('div', null, h('dt', null, say(words, view.language, key)), h('dd', null, value));
  return h('div', { class: 'person' },
    candidate.photo && h('img', { src: candidate.photo, alt: tell(words, view.language, 'photo') }),
    h('dl', null, line('name', h('span', { class: 'words' }, candidate.name_bo && h('span', { lang: 'bo' }, candidate.name_bo), h('span', { lang: 'zh-CN' }, candidate.name))),
      line('seat', [h('b', { class: `seat-mark ${candidate.colour || ''}` }, candidate.seat), candidate.animal && h('span', { class: 'words' }, both(candidate.animal, view.language))]),
      line('reason', candidate.reason && h('span', { class: 'words' }, both(candidate.reason, view.language)))));
}

/** What one square of the grid says of its question. */
export function square(view, position) {
  const filled = (view.answers[position] || []).length > 0;
  const marks = [
    filled && (view.pending.includes(position) ? 'going' : 'answered'),
    view.flags.includes(position) && 'flagged', view.position === position && 'here'];
  return marks.filter(Boolean);
}

function grid(words, paper, view) {
  return h('ol', { class: 'grid' }, paper.questions.map(({ position }) => {
    const marks = square(view, position);
    const spoken = [position, ...marks.map((mark) => tell(words, view.language, mark))].join(', ');
    return h('li', null, h('button', {
      type: 'button', class: marks.join(' '), 'data-do': 'go', 'data-with': position, 'aria-label': spoken, 'aria-current': marks.includes('here') && 'step',
    }, position));
  }));
}

function legend(words, view) {
  return h('ul', { class: 'legend' }, ['answered', 'flagged', 'here'].map((mark) => h('li', null,
    h('i', { class: `sample ${mark}` }), h('span', { class: 'words' }, say(words, view.language, mark)))));
}

function bar(words, paper, view) {
  const word = (key) => h('span', { class: 'words' }, say(words, view.language, key));
  const button = (act, key, more = {}) => h('button', { type: 'button', class: `tool ${act}`, 'data-do': act, ...more }, word(key));
  const flagged = view.flags.includes(view.position);
  return h('footer', { class: 'bar' },
    button('back', 'back', { disabled: view.position === 1 }),
    button('flag', 'flag', { 'aria-pressed': String(flagged) }),
    button('grid', 'grid', { 'aria-expanded': String(view.grid) }),
    receipt(words, view),
    button('next', 'next', { disabled: view.position === paper.questions.length }),
    button('review', 'hand_in'));
}

/** The only line that speaks of saving. */
export function receipt(words, view) {
  const { kind, at } = view.receipt;
  return h('p', { class: `receipt ${kind} line-${view.line}` },
    h('span', { class: 'line', role: 'img', 'aria-label': tell(words, view.language, `line_${view.line}`) }),
    kind !== 'none' && h('span', { class: 'words' }, say(words, view.language, kind)),
    kind === 'saved' && [h('span', { class: 'tick' }), at && h('span', { class: 'figure' }, at)]);
}

function zoom(words, view, question) {
  const medium = pictures(question)[view.zoom];
  return medium && h('div', { class: 'zoom', role: 'dialog', 'aria-modal': 'true', 'aria-label': tell(words, view.language, 'enlarge') },
    h('div', { class: 'whole', 'data-do': 'close' }, shownPicture(medium, view.language)),
    h('button', { type: 'button', class: 'tool close', 'data-do': 'close' }, h('span', { class: 'words' }, say(words, view.language, 'close'))));
}

/** Step the text down until an ordinary question needs no scrolling; a text size chosen by the candidate is never undone. */
export function fit(root) {
  const ask = root.querySelector('.ask');
  if (!ask) return;
  const levels = root.querySelector('.screen').classList.contains('size-0') ? [0, 1, 2, 3] : [0];
  for (const level of levels) {
    ask.classList.remove('fit-0', 'fit-1', 'fit-2', 'fit-3');
    ask.classList.add(`fit-${level}`);
    if (ask.scrollHeight <= ask.clientHeight + 1) return;
  }
}
