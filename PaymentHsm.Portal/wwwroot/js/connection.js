// The circuit and its loss. While it is lost the page is a picture: grey, hatched, without action, with the time of the picture beside the present time.
import { moment } from './ages.js';

const bar = document.getElementById('components-reconnect-modal');
const part = name => bar.querySelector(`[data-lost-${name}]`);
const pause = [0, 1000, 2000, 3000, 5000];
let lostAt = null;
let nextAt = null;
let attempt = 0;

function typed() {
  return [...document.querySelectorAll('main :is(input:not([type=hidden]), textarea)')].some(field => field.value !== field.defaultValue && field.value !== '');
}

function draw() {
  if (lostAt === null) return;
  const now = new Date();
  part('at').textContent = moment(lostAt, now);
  part('now').textContent = moment(now, now);
  if (nextAt !== null) {
    const seconds = Math.max(0, Math.ceil((nextAt - now) / 1000));
    part('next').textContent = seconds === 0 ? `Trying now, attempt ${attempt}.` : `Trying again in ${seconds} s, attempt ${attempt}.`;
  }
}

// What acts is switched off; what is read stays readable, also for a screen reader: links keep their words and go nowhere.
const acts = '.bar, .nav, main form, main button, .mud-dialog';

function lose() {
  lostAt ??= new Date();
  document.documentElement.dataset.connection = 'lost';
  for (const act of document.querySelectorAll(acts)) act.inert = true;
  bar.hidden = false;
  draw();
}

function find() {
  lostAt = nextAt = null;
  attempt = 0;
  delete document.documentElement.dataset.connection;
  for (const act of document.querySelectorAll(acts)) act.inert = false;
  bar.hidden = true;
}

// The portal answers but no longer knows this page (it was restarted): a new page is needed. Typed text is not thrown away unasked.
function gone() {
  if (!typed()) {
    location.reload();
    return;
  }
  lose();
  nextAt = null;
  part('next').textContent = 'The portal is back, but this page is not known to it any more. Copy what you typed, then load the page again.';
  part('retry').textContent = 'Load again';
}

async function again() {
  try {
    if (!await Blazor.reconnect()) gone();
  } catch {
    // Still no way to the portal: the bar stays and the next try is counted.
    nextAt = new Date(Date.now() + pause.at(-1));
    attempt++;
    setTimeout(again, pause.at(-1));
  }
}

export function startConnection() {
  bar.addEventListener('components-reconnect-state-changed', change => {
    switch (change.detail.state) {
      case 'show': lose(); break;
      case 'hide': find(); break;
      case 'failed': lose(); again(); break;
      case 'rejected': gone(); break;
    }
  });
  document.addEventListener('click', click => {
    if (lostAt !== null && click.target.closest('main a')) {
      click.preventDefault();
      click.stopImmediatePropagation();
    }
  }, true);
  part('retry').addEventListener('click', () => part('retry').textContent === 'Load again' ? location.reload() : again());
  setInterval(draw, 1000);
  Blazor.start({
    circuit: {
      reconnectionOptions: {
        maxRetries: 100000,
        retryIntervalMilliseconds: previous => {
          const wait = pause[Math.min(previous, pause.length - 1)];
          attempt = previous + 1;
          nextAt = new Date(Date.now() + wait);
          return wait;
        },
      },
    },
  });
}
