// Every page of the terminal but the question itself: before, between and after. Drawn from data alone, like the screen.
import { h } from './paint.js';
import { frame, receipt, screen } from './screen.js';
import { both, say, tell } from './words.js';

/**
 * The picture of the terminal at any moment. stage: "running" (question page or review, as the view says), "ready", "result", or one
 * of the notices; `outcome` the result, `starting` that the start is on its way, `act` the one button of a notice.
 */
export function picture(words, paper, view, { stage = 'running', outcome = null, starting = false, act = null } = {}) {
  if (stage === 'running') return view.page === 'question' ? screen(words, paper, view) : review(words, paper, view);
  if (stage === 'ready') return ready(words, paper, view, starting);
  if (stage === 'result') return result(words, paper, view, outcome);
  return notice(words, paper, view, stage, act);
}

/** One calm page: a heading, sentences, whatever else, at most a few large buttons. */
function calm(words, paper, view, stage, inside) {
  return frame(words, paper, view, h('section', { class: 'calm', key: stage, tabindex: -1 }, h('div', { class: 'sheet' }, inside)), stage);
}

function heading(words, view, key, values) {
  return h('h1', { class: 'words' }, say(words, view.language, key, values));
}

function sentence(words, view, key, values) {
  return h('p', { class: 'words' }, say(words, view.language, key, values));
}

function button(words, view, act, key, more = {}) {
  return h('button', { type: 'button', class: `tool ${more.main ? 'main' : ''}`, 'data-do': act, disabled: more.disabled },
    h('span', { class: 'words' }, say(words, view.language, key)));
}

/** A heading and one sentence, nothing to do: loading, waiting, paused, over, handing, asked, elsewhere, signed_out, trouble. */
function notice(words, paper, view, stage, act = null) {
  return calm(words, paper, view, stage, [
    heading(words, view, `${stage}_title`), sentence(words, view, `${stage}_text`),
    (stage === 'handing' || stage === 'over') && receipt(words, view),
    (stage === 'handing' || stage === 'over') && view.line === 'down' && sentence(words, view, 'kept_long'),
    act && h('p', { class: 'acts' }, button(words, view, act, act, { main: true }))]);
}

/** Released: language, the rules in short, start. rules: {questions, minutes, pass_mark, full_mark}. */
function ready(words, paper, view, starting) {
  const { rules } = paper;
  const choices = ['bo', 'zh', 'both'].map((code) => h('button', {
    type: 'button', class: 'tool', 'data-do': 'language', 'data-with': code, 'aria-pressed': String(view.language === code),
  }, h('span', { class: 'words' }, code === 'both'
    ? both({ bo: words.bo.tongue_both, zh: words.zh.tongue_both }, 'both') : both({ [code]: words[code][`tongue_${code}`] }, 'both'))));
  return calm(words, paper, view, 'ready', [
    heading(words, view, 'ready_title'),
    h('p', { class: 'acts three', role: 'group', 'aria-label': tell(words, view.language, 'language') }, choices),
    h('ul', { class: 'rules' }, ['rule_count', 'rule_pass', 'rule_change', 'rule_line'].map((key) => h('li', { class: 'words' }, say(words, view.language, key, rules)))),
    view.line === 'down' && h('p', { class: 'receipt kept line-down' }, h('span', { class: 'line' }), h('span', { class: 'words' }, say(words, view.language, 'line_down'))),
    h('p', { class: 'acts' }, button(words, view, 'start', 'start', { main: true, disabled: starting }))]);
}

/** First step of handing in: what is open, by name. The second asks once more. */
function review(words, paper, view) {
  const open = paper.questions.map(({ position }) => position).filter((position) => !(view.answers[position] || []).length);
  const named = (positions) => h('ul', { class: 'named' }, positions.map((position) => h('li', null,
    h('button', { type: 'button', class: view.flags.includes(position) ? 'flagged' : '', 'data-do': 'go', 'data-with': position,
      'aria-label': `${tell(words, view.language, 'question')} ${position}` }, position))));
  const last = view.page === 'hand-in';
  return calm(words, paper, view, view.page, [
    heading(words, view, last ? 'confirm_title' : 'review_title'),
    open.length ? sentence(words, view, 'open_some', { n: open.length }) : sentence(words, view, 'open_none'),
    named(open),
    view.flags.length > 0 && !last && [sentence(words, view, 'flagged_some', { n: view.flags.length }), named(view.flags)],
    last && sentence(words, view, 'confirm_text'),
    h('p', { class: 'acts' }, last
      ? [button(words, view, 'return', 'confirm_no', { main: true }), button(words, view, 'submit', 'confirm_yes')]
      : [button(words, view, 'return', 'go_on', { main: open.length > 0 }), button(words, view, 'hand-in', 'hand_in', { main: open.length === 0 })]),
    receipt(words, view)]);
}

// The candidate takes the slip, which is masked; the archive sheet with the whole ID number stays with the office. They lie side by side.
function slipOf({ score_sheet: sheet }) {
  return sheet && sheet.replace(/[^/]*$/, 'slip.pdf'); // a replay has no papers to offer
}

// The ten-question paper bears its own name instead of a subject's: nothing is signed for it and nothing is booked after it.
function isPractice(words, paper) {
  return paper.candidate.subject.zh === words.zh.practice;
}

/** How it ended. result: the contract's answer to submit, with `makeup` "none", "offered", "asked" or "left", and perhaps `study` [{zh, bo}]. */
function result(words, paper, view, outcome) {
  const { score, full_mark: full, pass_mark: pass, passed, makeup } = outcome;
  const offered = !passed && makeup === 'offered';
  const next = isPractice(words, paper) ? 'next_practice' : passed ? 'next_passed' : offered ? 'next_makeup' : makeup === 'left' ? 'next_left' : 'next_failed';
  const study = passed ? [] : outcome.study || [];
  return calm(words, paper, view, 'result', [
    h('h1', { class: `words outcome ${passed ? 'passed' : 'not-passed'}` }, say(words, view.language, passed ? 'passed' : 'failed')),
    h('p', { class: 'words score' }, say(words, view.language, 'score', { score, full, pass })),
    sentence(words, view, next),
    study.length > 0 && [sentence(words, view, 'study'), h('ul', { class: 'rules' }, study.map((text) => h('li', { class: 'words' }, both(text, view.language))))],
    h('p', { class: 'acts' }, offered && [button(words, view, 'makeup', 'makeup', { main: true }), button(words, view, 'leave', 'leave')],
      h('a', { class: 'tool', href: slipOf(outcome), target: '_blank', rel: 'noopener' }, h('span', { class: 'words' }, say(words, view.language, 'slip'))),
      !offered && button(words, view, 'sign_out', 'sign_out'))]);
}
