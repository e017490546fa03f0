// A picture as plain data, and the least change that makes the page show it. The same data always gives the same
// page, so the auditor's replay draws what the candidate saw; what stays is left alone, so focus and pictures stay.

/** One element to be: tag, attributes (false and null are left out; `key` marks what must not be reused), children. */
export function h(tag, attributes, ...children) {
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== '');
  return { tag, attributes: attributes || {}, children: kept };
}

/** Make the children of `parent` be `wanted` (elements from `h`, or text). */
export function paint(parent, wanted) {
  wanted.forEach((next, index) => {
    const here = parent.childNodes[index];
    if (here && fits(here, next)) change(here, next);
    else if (here) parent.replaceChild(make(next), here);
    else parent.appendChild(make(next));
  });
  while (parent.childNodes.length > wanted.length) parent.removeChild(parent.lastChild);
}

const keys = new WeakMap();

function fits(here, next) {
  if (typeof next !== 'object') return here.nodeType === Node.TEXT_NODE;
  return here.nodeType === Node.ELEMENT_NODE && here.localName === next.tag && keys.get(here) === next.attributes.key;
}

function make(next) {
  if (typeof next !== 'object') return document.createTextNode(String(next));
  const made = document.createElement(next.tag);
  keys.set(made, next.attributes.key);
  change(made, next);
  return made;
}

function change(here, next) {
  if (typeof next !== 'object') {
    if (here.data !== String(next)) here.data = String(next);
    return;
  }
  const wanted = new Map();
  for (const [name, value] of Object.entries(next.attributes)) {
    if (name !== 'key' && value !== false && value !== null && value !== undefined) wanted.set(name, value === true ? '' : String(value));
  }
  for (const { name } of [...here.attributes]) if (!wanted.has(name)) here.removeAttribute(name);
  for (const [name, value] of wanted) if (here.getAttribute(name) !== value) here.setAttribute(name, value);
  paint(here, next.children);
}
