// Single keys. Off while something is typed, and when the reader switched them off (WCAG 2.1.4). Nothing is ever sent by a key.
const setting = 'single-keys';
const on = () => localStorage.getItem(setting) !== 'off';
const typing = target => target.closest('input, textarea, select, [contenteditable], dialog, [role=dialog]') !== null;
let afterG = -Infinity;

function row(step) {
  const links = [...document.querySelectorAll('main [data-row]')];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
}

function press(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !on()) return;
  if (document.documentElement.dataset.connection === 'lost') return;
  if (performance.now() - afterG < 1500) {
    afterG = -Infinity;
    const link = document.querySelector(`.nav [data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  switch (event.key) {
    case '/': document.getElementById('search')?.focus(); break;
    case '?': document.getElementById('keys')?.showModal(); break;
    case 'g': afterG = performance.now(); return;
    case 'j': row(1); break;
    case 'k': row(-1); break;
    case '[': document.querySelector('main a[rel=prev]')?.click(); break;
    case ']': document.querySelector('main a[rel=next]')?.click(); break;
    default: return;
  }
  event.preventDefault();
}

export function startKeys() {
  document.addEventListener('keydown', press);
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details[open]:is(.me-menu, .menu-small)')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', event => {
    if (event.target.closest('[data-open-keys]')) document.getElementById('keys')?.showModal();
    for (const menu of document.querySelectorAll('details[open]:is(.me-menu, .menu-small)')) {
      if (!menu.contains(event.target) || event.target.closest('a, [data-open-keys]')) menu.open = false;
    }
  });
  document.addEventListener('change', event => {
    if (event.target.matches('[data-keys-on]')) localStorage.setItem(setting, event.target.checked ? 'on' : 'off');
  });
  document.addEventListener('toggle', event => {
    const box = event.target.querySelector?.('[data-keys-on]');
    if (box) box.checked = on();
  }, true);
}
