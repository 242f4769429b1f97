'use strict';
// What the page can do beyond plain HTML: it follows the mailbox, and it can be used without a mouse. Everything works without it.

(() => {
  const root = document.documentElement;
  const live = document.getElementById('live');
  const search = document.getElementById('q');
  const help = document.getElementById('help');
  const title = document.title;
  root.classList.add('js');

  // --- following the mailbox -------------------------------------------------------------------------------------------------

  let version = document.body.dataset.version;
  let asking = null;
  let missed = 0;

  const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

  // A browser has six connections for one host: only the page that is looked at keeps one waiting.
  const visible = () => document.hidden
    ? new Promise(resolve => document.addEventListener('visibilitychange', resolve, { once: true })).then(visible)
    : Promise.resolve();

  function say(text, on) {
    live.classList.toggle('on', on);
    const place = live.querySelector('[data-text]');
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  async function follow() {
    for (;;) {
      await visible();
      try {
        asking = new AbortController();
        say('live', true);
        const response = await fetch('/ui/changes?since=' + version, { signal: asking.signal, cache: 'no-store' });
        if (response.status === 503) {
          say('every 5 s', true);
          await pause(5000);
          await refresh();
          continue;
        }
        if (!response.ok) {
          throw new Error('HTTP ' + response.status);
        }
        const now = String((await response.json()).version);
        if (now !== version) {
          version = now;
          await refresh();
          await pause(250); // many changes at once are one
        }
      } catch (e) {
        if (e.name !== 'AbortError') {
          say('sandbox away', false);
          await pause(2000);
        }
      }
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden && asking) {
      asking.abort();
    } else if (!document.hidden) {
      missed = 0;
      document.title = title;
    }
  });

  // The server renders; what has changed is put in place, so that scrolling, focus and open details stay.
  async function refresh() {
    const response = await fetch(location.href, { cache: 'no-store' });
    if (!response.ok) {
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    document.querySelectorAll('[data-live]').forEach(old => {
      const fresh = page.getElementById(old.id);
      if (fresh && fresh.innerHTML !== old.dataset.seen) {
        put(old, fresh);
      }
    });
  }

  function put(old, fresh) {
    const known = new Set(Array.from(old.querySelectorAll('.entry'), entry => entry.id));
    const open = Array.from(old.querySelectorAll('details[open]'), details => details.id);
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    old.dataset.seen = fresh.innerHTML;
    old.replaceChildren(...Array.from(fresh.childNodes, node => document.importNode(node, true)));
    open.forEach(id => { if (document.getElementById(id)) { document.getElementById(id).open = true; } });
    if (focused && document.getElementById(focused)) {
      document.getElementById(focused).focus({ preventScroll: true });
    }
    if (old.id === 'list') {
      const news = Array.from(old.querySelectorAll('.entry')).filter(entry => !known.has(entry.id));
      news.forEach(entry => entry.classList.add('fresh'));
      missed += document.hidden ? news.length : 0;
      document.title = missed ? '(' + missed + ') ' + title : title;
    }
  }

  document.querySelectorAll('[data-live]').forEach(part => { part.dataset.seen = part.innerHTML; });
  follow();

  // --- keyboard --------------------------------------------------------------------------------------------------------------

  const entries = () => Array.from(document.querySelectorAll('.entry'));

  // Beside an open message the next one is opened; otherwise only the mark moves.
  function move(by) {
    const all = entries();
    const current = all.findIndex(entry => entry === document.activeElement);
    const selected = all.findIndex(entry => entry.hasAttribute('aria-current'));
    const from = current >= 0 ? current : selected;
    const to = from < 0 ? (by > 0 ? 0 : -1) : from + by;
    if (!all[to]) {
      return;
    }
    if (document.body.classList.contains('message')) {
      all[to].click();
    } else {
      all[to].focus();
      all[to].scrollIntoView({ block: 'nearest' });
    }
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    '/': () => { search.focus(); search.select(); },
    u: () => document.querySelector('.brand').click(),
    c: () => document.querySelector('.bar .main').click(),
    '?': () => help.showModal(),
  };

  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input, textarea, select, dialog');
    if (typing && event.key === 'Escape' && event.target === search) {
      search.blur();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const tab = /^[1-9]$/.test(event.key) ? document.querySelector('.tabs a[data-key="' + event.key + '"]') : null;
    const act = tab ? () => tab.click() : keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  document.addEventListener('click', event => {
    if (event.target.closest('[data-help]')) {
      help.showModal();
    }
  });

  const selected = document.querySelector('.entry[aria-current]');
  if (selected) {
    selected.scrollIntoView({ block: 'nearest' });
  }
})();
