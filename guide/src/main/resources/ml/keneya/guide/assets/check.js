// Sends what was pasted to $validate of the same server and shows the verdict; nothing is stored.
'use strict';
(function () {
  const form = document.getElementById('check');
  const text = document.getElementById('resource');
  const profile = document.getElementById('profile');
  const button = form.querySelector('button');
  const verdict = document.getElementById('verdict');
  const say = form.dataset;

  function element(name, words, className) {
    const made = document.createElement(name);
    made.textContent = words;
    if (className) { made.className = className; }
    return made;
  }

  function summary(words, className) {
    verdict.textContent = '';
    const heading = element('h2', '');
    heading.append(element('span', words, 'verdict ' + className));
    verdict.append(heading);
  }

  function show(outcome) {
    const issues = outcome.issue || [];
    const worst = issues.some(function (issue) { return issue.severity === 'error' || issue.severity === 'fatal'; }) ? 'invalid'
      : issues.some(function (issue) { return issue.severity === 'warning'; }) ? 'warned' : 'valid';
    summary({ invalid: say.refused, warned: say.warned, valid: say.good }[worst], worst);
    const list = element('ol', '', 'issues');
    issues.forEach(function (issue) {
      const severity = issue.severity === 'fatal' ? 'error' : issue.severity;
      const item = element('li', '', 'issue ' + severity);
      const sentence = element('p', '');
      sentence.append(element('strong', say[severity] || severity), ' ' + (issue.diagnostics || (issue.details || {}).text || ''));
      item.append(sentence);
      (issue.expression || []).forEach(function (place) {
        const line = element('p', '');
        line.append(element('code', place, 'address'));
        item.append(line);
      });
      list.append(item);
    });
    verdict.append(list);
  }

  function check() {
    let type;
    try {
      type = JSON.parse(text.value).resourceType;
      if (!/^[A-Z][A-Za-z]+$/.test(type)) { throw new Error('resourceType'); }
    } catch (unreadable) {
      summary(say.unreadable, 'invalid');
      verdict.append(element('p', unreadable.message));
      return;
    }
    let address = '../../fhir/' + type + '/$validate';
    if (profile.value.trim()) { address += '?profile=' + encodeURIComponent(profile.value.trim()); }
    button.disabled = true;
    verdict.textContent = say.checking;
    fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json', 'Accept-Language': say.language },
      body: text.value
    }).then(function (answer) { return answer.json(); }).then(show).catch(function () {
      summary(say.failed, 'invalid');
    }).finally(function () { button.disabled = false; });
  }

  form.addEventListener('submit', function (event) { event.preventDefault(); check(); });
  document.getElementById('file').addEventListener('change', function () {
    if (this.files.length) { this.files[0].text().then(function (read) { text.value = read; check(); }); }
  });
  // An example's page links here with the name of its file.
  if (/^#examples\/[A-Za-z0-9_/.-]+\.json$/.test(location.hash) && !location.hash.includes('..')) {
    const path = location.hash.slice(1);
    const name = path.split('/')[2];
    fetch('../' + path).then(function (answer) { return answer.text(); }).then(function (read) {
      text.value = read;
      if (name && path.split('/').length === 4) { profile.value = say.profiles + name; }
      check();
    });
  }
}());
