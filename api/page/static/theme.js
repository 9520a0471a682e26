// Light, dark, or as the system says. Remembered by the browser where it may.

const CHOICES = ['auto', 'light', 'dark'];
const NAMES = {auto: 'As the system', light: 'Light', dark: 'Dark'};
const SIGNS = {auto: '◐', light: '☀', dark: '☾'};
const listeners = [];
const dark = matchMedia('(prefers-color-scheme: dark)');

function stored() {
  try {
    return localStorage.getItem('tidemark-theme');
  } catch {
    return null;  // storage is switched off
  }
}

function remember(choice) {
  try {
    localStorage.setItem('tidemark-theme', choice);
  } catch { /* then it lasts as long as this page */ }
}

let choice = CHOICES.includes(stored()) ? stored() : 'auto';

function apply(button) {
  const effective = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = effective;
  button.textContent = SIGNS[choice];
  button.title = `Colours: ${NAMES[choice]}`;
  button.setAttribute('aria-label', `Colours: ${NAMES[choice]}. Change`);
  for (const listener of listeners) listener();
}

export function startTheme(button) {
  button.onclick = () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    remember(choice);
    apply(button);
  };
  dark.addEventListener('change', () => apply(button));
  apply(button);
}

export const onTheme = (listener) => listeners.push(listener);

// A colour of the style sheet as it is now, for what is painted on a canvas.
export const colour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
