// Elements of the page. Texts are set as texts: nothing that anybody wrote is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Return an element with attributes and children; a text child is a text. */
export function made(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Return an element of a drawing. */
export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Return an element around words that somebody wrote, in whichever direction they run. */
export function written(name, text, attributes = {}) {
  return made(name, { dir: "auto", ...attributes }, text);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}
