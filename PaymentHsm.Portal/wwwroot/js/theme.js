// The theme is a cookie, so that the first response already has it.
function choose(choice) {
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  if (choice === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = choice;
  }
  document.querySelector('meta[name=color-scheme]').content = choice === 'system' ? 'light dark' : choice;
  for (const button of document.querySelectorAll('[data-set-theme]')) {
    button.setAttribute('aria-pressed', String(button.dataset.setTheme === choice));
  }
}

export function startTheme() {
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-set-theme]');
    if (button) choose(button.dataset.setTheme);
  });
}
