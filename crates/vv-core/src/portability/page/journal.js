(() => {
  "use strict";
  const form = document.querySelector("form");
  const field = document.getElementById("q");
  const said = document.getElementById("said");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let known;
  let waiting;
  const entries = () => (known ??= [...document.querySelectorAll("article")].map((place) => ({ place, text: fold(place.textContent) })));
  const look = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { place, text } of entries()) {
      place.hidden = !words.every((word) => text.includes(word));
      if (!place.hidden) count += 1;
    }
    for (const month of document.querySelectorAll("section")) month.hidden = !month.querySelector("article:not([hidden])");
    said.textContent = words.length === 0 ? said.dataset.all : count === 0 ? said.dataset.none : `${said.dataset.found} ${count}`;
  };
  // A link to an entry that the search has put away brings everything back.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    field.value = "";
    look();
    target.scrollIntoView();
  });
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
})();
