// Searches every code of the guide in the browser: accents and capitals do not count, words may come in any order.
'use strict';
(function () {
  const SHOWN = 50;
  const english = document.documentElement.lang === 'en';
  const form = document.getElementById('search');
  const words = document.getElementById('words');
  const found = document.getElementById('found');
  const results = document.getElementById('results');
  let index;

  function plain(text) {
    return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase();
  }

  function load() {
    if (!index) {
      index = fetch('../codes.json').then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      }).then(function (read) {
        read.plain = read.codes.map(function (row) { return plain(row.slice(1).join(' ')); });
        const counted = {};
        // Codes stand in the order of their lists, so that the count of those before tells the page.
        read.codes.forEach(function (row) {
          counted[row[0]] = (counted[row[0]] || 0) + 1;
          row.page = Math.ceil(counted[row[0]] / read.page);
        });
        return read;
      });
      index.catch(function () { index = undefined; });
    }
    return index;
  }

  function show(read) {
    const typed = plain(words.value).split(/\s+/).filter(Boolean);
    results.textContent = '';
    found.textContent = '';
    if (!typed.length) { return; }
    const rows = read.codes.filter(function (row, number) {
      return typed.every(function (word) { return read.plain[number].includes(word); });
    });
    const whole = typed.join(' ');
    rows.sort(function (a, b) { return rank(b, whole) - rank(a, whole); });
    found.textContent = rows.length ? found.dataset.some.replace('{0}', rows.length) : found.dataset.none;
    rows.slice(0, SHOWN).forEach(function (row) {
      const system = read.systems[row[0]];
      const item = document.createElement('li');
      const code = document.createElement('code');
      const link = document.createElement('a');
      code.textContent = row[1];
      link.href = 'codesystem-' + system[0] + (row.page > 1 ? '-' + row.page : '') + '.html#' + encodeURIComponent(row[1]);
      link.textContent = english ? system[2] : system[1];
      item.append(code, ' ' + (english && row[3] ? row[3] : row[2]) + ' · ', link);
      results.append(item);
    });
  }

  function rank(row, whole) {
    if (plain(row[1]) === whole) { return 3; }
    return plain(row[2]).startsWith(whole) || (row[3] && plain(row[3]).startsWith(whole)) ? 2 : 0;
  }

  function search() {
    load().then(show, function () { found.textContent = found.dataset.failed; });
  }

  words.addEventListener('focus', load);
  words.addEventListener('input', search);
  form.addEventListener('submit', function (event) { event.preventDefault(); search(); });
  if (location.hash.startsWith('#q=')) {
    words.value = decodeURIComponent(location.hash.slice(3));
    search();
  }
}());
