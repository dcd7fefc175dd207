const MARKUP = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function label(code) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="48"><text x="8" y="32">${escape(code)}</text></svg>`;
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => MARKUP[character]);
}
