// Builds and patches DOM nodes, so that no data ever passes through an HTML parser.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "inert", "tabIndex"]);
const SVG = "http://www.w3.org/2000/svg";
const SAFE_SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/**
 * Make an element: `el("p.note.quiet", {on: {click}, data: {ts}}, "text", node)`.
 * Attributes that are false, null or undefined are left out; children that are, too.
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) set(node, key, value);
  node.append(...present(children));
  return node;
}

function set(node, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (key === "data") {
    for (const [name, text] of Object.entries(value)) {
      if (text !== undefined) node.dataset[name] = text;
    }
  } else if (PROPERTIES.has(key)) {
    node[key] = value;
  } else {
    node.setAttribute(key, value === true ? "" : String(value));
  }
}

function present(children) {
  const absent = [null, undefined, false];
  return children.flat(Infinity).filter((child) => !absent.includes(child));
}

/** Put several nodes and texts together without a wrapper. */
export function fragment(...children) {
  const node = document.createDocumentFragment();
  node.append(...present(children));
  return node;
}

/** An icon of 20 by 20 units from the `d` of its strokes; hidden from screen readers. */
export function icon(paths, name = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  if (name) svg.classList.add(`icon-${name}`);
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/**
 * Make `nodes` the only children of `parent`. A node that stays is never moved as long as the
 * order of the staying ones does not change: moving would take its focus and scroll position.
 */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let place = parent.firstChild;
  for (const node of nodes) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}

/** Write an attribute only when it changes: live regions and observers notice needless writes. */
export function attribute(node, key, value) {
  const text = value === null || value === false ? null : String(value);
  if (text === null) node.removeAttribute(key);
  else if (node.getAttribute(key) !== text) node.setAttribute(key, text);
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The address if a browser may follow it from here, else null: no `javascript:`. */
export function safeUrl(address) {
  try {
    return SAFE_SCHEMES.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

/** A link into a new tab, or only its label when the address is not one to follow. */
export function link(address, ...label) {
  const href = safeUrl(address);
  if (!href) return el("span.dead-link", { title: address }, ...label);
  return el("a.link", { href, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

let count = 0;

/** An id for `aria-*` references between nodes of this page. */
export function freshId(word) {
  count += 1;
  return `${word}-${count}`;
}
