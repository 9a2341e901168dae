/**
 * What the page does beyond its forms: it draws anew when something has changed, asks before a button that wants to be
 * confirmed, and fetches the options of a select as somebody types. Without it every form still works.
 */

const asPerson = () => new URL(location.href).searchParams.get('as') ?? document.querySelector('#as').value;

// Something may have changed between the page and the stream, or while the stream was broken.
const changes = new EventSource('/changes');
changes.onopen = () => redraw();
changes.onmessage = () => redraw();

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-confirm]');
  if (button === null || button.dataset.confirmed === 'yes') return;
  event.preventDefault();
  confirmFirst(button);
});

document.addEventListener('input', (event) => {
  if (event.target.matches('input[data-options-of]')) void fetchOptions(event.target);
});

document.addEventListener('change', (event) => {
  if (event.target.dataset.tells !== undefined) void tell(event.target);
});

let drawing = false;
let changedMeanwhile = false;
fetchFirstOptions();

/** One drawing at a time, and one more for what has changed meanwhile; none while somebody is asked. */
async function redraw() {
  changedMeanwhile = true;
  if (drawing) return;
  drawing = true;
  try {
    while (changedMeanwhile && !isAsking()) {
      changedMeanwhile = false;
      const page = await (await fetch(location.href)).text();
      if (isAsking()) changedMeanwhile = true;
      else draw(new DOMParser().parseFromString(page, 'text/html'));
    }
  } finally {
    drawing = false;
  }
}

const isAsking = () => document.querySelector('dialog:modal') !== null;

function draw(next) {
  replace('#conversation', next);
  if (version(document) === version(next)) return;
  keepTyped(next);
  replace('#modal', next);
  fetchFirstOptions();
}

const version = (page) => page.querySelector('#modal').dataset.version;

function replace(selector, next) {
  document.querySelector(selector).replaceWith(document.adoptNode(next.querySelector(selector)));
}

/** What somebody has typed or chosen meanwhile stays, where it is the same form still. */
function keepTyped(next) {
  const before = document.querySelector('form[data-view]');
  const after = next.querySelector('form[data-view]');
  if (before === null || after === null || before.dataset.view !== after.dataset.view) return;
  for (const field of after.querySelectorAll('textarea, input[type="text"], select')) {
    const typed = before.elements.namedItem(field.name)?.value;
    if (typed === undefined || typed === '') continue;
    if (field.matches('select') && ![...field.options].some(({ value }) => value === typed)) continue;
    field.value = typed;
  }
}

/** Asks in a dialog, and presses the button once more when the answer is yes. */
function confirmFirst(button) {
  const { confirm, confirmText, confirmYes, confirmNo } = button.dataset;
  const dialog = document.createElement('dialog');
  const answer = (text, then) => {
    const choice = document.createElement('button');
    choice.type = 'button';
    choice.textContent = text;
    choice.addEventListener('click', () => {
      dialog.close();
      then();
    });
    return choice;
  };
  const heading = Object.assign(document.createElement('h2'), { textContent: confirm, id: 'confirm-title' });
  const text = Object.assign(document.createElement('p'), { textContent: confirmText });
  const press = () => {
    button.dataset.confirmed = 'yes';
    button.click();
  };
  const choices = Object.assign(document.createElement('div'), { className: 'actions' });
  const no = answer(confirmNo, () => undefined);
  const yes = answer(confirmYes, press);
  choices.append(no, yes);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (changedMeanwhile) void redraw();
  });
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(heading, text, choices);
  document.body.append(dialog);
  dialog.showModal();
}

function fetchFirstOptions() {
  for (const search of document.querySelectorAll('input[data-options-of]')) void fetchOptions(search);
}

/** Asks for what is typed, and keeps what was chosen. An answer to what is no longer typed is dropped. */
async function fetchOptions(search) {
  const typed = search.value;
  if (typed.length < Number(search.dataset.least)) return;
  const query = new URLSearchParams({ as: asPerson(), block: search.dataset.optionsOf, typed });
  const response = await fetch(`/options?${query}`);
  if (!response.ok || search.value !== typed) return;
  const select = search.parentElement.querySelector('select');
  const chosen = select.selectedOptions[0];
  const offered = (await response.json()).map(({ value, text }) => new Option(text, value));
  const kept = [...(chosen === undefined ? [] : [chosen])];
  const fresh = offered.filter(({ value }) => value !== chosen?.value);
  select.replaceChildren(
    ...kept,
    ...(kept.some(({ value }) => value === '') ? [] : [new Option('', '')]),
    ...fresh,
  );
}

/** Tells the app of a choice, with all that the form holds. */
async function tell(field) {
  const body = new URLSearchParams(new FormData(field.form));
  body.set('do', `tell:${field.dataset.tells}`);
  await fetch('/act', { method: 'POST', body, redirect: 'manual' });
  await redraw();
}
