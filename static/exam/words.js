// The page's own words in the language shown. They come from the catalogues by way of the page; none is written here.
import { h } from './paint.js';

export const tags = { bo: 'bo', zh: 'zh-CN' };

/** Which languages are on the screen, the leading one first. */
export function shown(language) {
  return language === 'zh' ? ['zh'] : ['bo', 'zh'];
}

/** One text {zh, bo} as spans, each marked with its language. */
export function both(text, language) {
  return shown(language).filter((code) => text[code]).map((code) => h('span', { lang: tags[code], class: `t-${code}` }, text[code]));
}

/** One of the page's own words by key, with {names} filled in. */
export function say(words, language, key, values = {}) {
  return both({ zh: filled(words.zh[key], values), bo: filled(words.bo[key], values) }, language);
}

/** The same for an attribute or an announcement: the leading language only. */
export function tell(words, language, key, values = {}) {
  return filled(words[shown(language)[0]][key], values);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
