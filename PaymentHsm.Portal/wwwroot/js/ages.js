// Ages and staleness on the reader's clock, once a second: they go on when the circuit is dead. Only text nodes and data-stale are written;
// elements stay as Blazor made them. The words are those of Components/Parts/Ages.cs.

const two = n => String(n).padStart(2, '0');

export function moment(at, now) {
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}Z`;
  const sameDay = at.toISOString().slice(0, 10) === now.toISOString().slice(0, 10);
  return sameDay ? time : `${at.toISOString().slice(0, 10)} ${time}`;
}

export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 120) return `${minutes} min`;
  return hours < 24 ? `${hours} h ${two(minutes % 60)} min` : `${Math.floor(hours / 24)} d`;
}

export function narrow(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 100) return span(ms);
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

export function words(at, now, style) {
  const age = now - at;
  switch (style) {
    case 'line': return `${moment(at, now)} · ${span(age)} ago`;
    case 'tile': return age < 86400000 ? `${at.toISOString().slice(11, 19)}Z · ${narrow(age)}` : narrow(age);
    case 'only': return span(age);
    case 'left': return at > now ? `${span(at - now)} left` : `overdue by ${span(age)}`;
    default: return `${moment(at, now)} · ${span(age)}`;
  }
}

function tick() {
  const now = new Date();
  for (const time of document.querySelectorAll('time[data-age]')) {
    const at = new Date(time.dateTime);
    const text = words(at, now, time.dataset.age);
    const node = time.firstChild;
    if (node?.nodeType === Node.TEXT_NODE && node.data !== text) {
      node.data = text;
    }
    if (time.title === '') {
      time.title = at.toLocaleString();
    }
  }
  for (const element of document.querySelectorAll('[data-stale-after]')) {
    const stale = String(now - new Date(element.dataset.observed) > Number(element.dataset.staleAfter));
    if (element.dataset.stale !== stale) {
      element.dataset.stale = stale;
    }
  }
}

export function startAges() {
  tick();
  setInterval(tick, 1000);
}
