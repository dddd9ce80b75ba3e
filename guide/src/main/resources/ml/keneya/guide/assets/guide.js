// Remembers the language that was chosen, and lets a command or an example be copied.
'use strict';
(function () {
  try { localStorage.setItem('keneya-guide-language', document.documentElement.lang); } catch (refused) { /* private mode */ }
  if (!navigator.clipboard) { return; }
  const french = document.documentElement.lang === 'fr';
  document.querySelectorAll('pre').forEach(function (block) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = french ? 'Copier' : 'Copy';
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(block.querySelector('code').textContent).then(function () {
        button.textContent = french ? 'Copié' : 'Copied';
      });
    });
    const around = document.createElement('div');
    around.className = 'block';
    block.replaceWith(around);
    around.append(block, button);
  });
}());
