// Search as one types, and any two countries or mechanisms compared. Both read assets/pages.js, when they are first used.
"use strict";

const language = document.documentElement.lang;

const loading = {};

function load(...names) {
  return Promise.all(names.map((name) => (loading[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `assets/${name}`;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  }))));
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function element(name, text, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.textContent = text;
  return made;
}

// What kind of thing a page is about, in the words of the menu.
function kindOf(id) {
  const overview = { country: "countries", mechanism: "mechanisms", theme: "themes" }[id.split("/")[0]];
  return document.querySelector(`.menu a[href$="/${overview}.html"]`)?.textContent ?? "";
}

const field = document.getElementById("search");
const found = document.getElementById("found");
let index = null;

async function search() {
  await load("minisearch.js", "pages.js");
  if (index === null) {
    const fields = [language, ...["en", "es", "pt", "fr"].filter((other) => other !== language), "other"];
    index = new MiniSearch({
      fields,
      storeFields: [language],
      processTerm: folded,
      searchOptions: { prefix: true, fuzzy: (term) => (term.length > 3 ? 0.25 : 0), boost: { [language]: 2 }, combineWith: "AND" },
    });
    index.addAll(window.govmapPages);
  }
  const typed = field.value.trim();
  const hits = typed ? index.search(typed).slice(0, 12) : [];
  const items = hits.map((hit, at) => {
    const item = element("li", "", { role: "option", id: `found-${at}` });
    const link = element("a", hit[language], { href: `${language}/${hit.id}.html`, tabIndex: -1 });
    link.append(element("small", kindOf(hit.id)));
    item.append(link);
    return item;
  });
  found.replaceChildren(...items, ...(typed && !items.length ? [element("li", found.dataset.none, { role: "option" })] : []));
  found.hidden = !typed;
  field.setAttribute("aria-expanded", String(!found.hidden));
  select(items.length ? 0 : -1);
}

function select(at) {
  const items = [...found.children];
  items.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
  if (items[at]) {
    field.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

field.closest("[hidden]").hidden = false;
field.addEventListener("input", search);
field.addEventListener("focus", () => load("minisearch.js", "pages.js"), { once: true });
field.addEventListener("keydown", (event) => {
  const items = [...found.querySelectorAll("li:has(a)")];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length) {
    event.preventDefault();
    select((at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
  } else if (event.key === "Enter" && items[at]) {
    items[at].firstChild.click();
  } else if (event.key === "Escape") {
    field.value = "";
    search();
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest(".search")) return;
  found.hidden = true;
  field.setAttribute("aria-expanded", "false");
});

const form = document.getElementById("compose");

// The two that are compared stand in the address after #, so that they can be sent to somebody.
async function compose() {
  await load("pages.js");
  const records = window.govmapPages.filter((record) => record.in);
  const byId = Object.fromEntries(window.govmapPages.map((record) => [record.id, record]));
  const collator = new Intl.Collator(language);
  const choices = [form.elements.left, form.elements.right];
  const kind = (id) => id.split("/")[0];
  for (const [at, choice] of choices.entries()) {
    choice.replaceChildren(...["mechanism", "country"].map((each) => {
      const group = element("optgroup", "", { label: kindOf(each) });
      const sorted = records.filter((record) => kind(record.id) === each).sort((a, b) => collator.compare(a[language], b[language]));
      group.append(...sorted.map((record) => new Option(record[language], record.id)));
      return group;
    }));
    const first = records.filter((record) => kind(record.id) === "mechanism")[at];
    if (first) choice.value = first.id;
  }
  const show = () => {
    const [left, right] = choices.map((choice) => byId[choice.value]);
    const only = (one, other) => one.in.filter((id) => !other.in.includes(id));
    const place = document.getElementById("composed");
    const label = (record) => place.dataset.only.replace("{name}", record[language]);
    const other = kind(left.id) === "mechanism" ? "country" : "mechanism";
    const both = left.in.filter((id) => right.in.includes(id));
    place.replaceChildren(...[[place.dataset.shared, both], [label(left), only(left, right)], [label(right), only(right, left)]].map(([title, ids]) => {
      const line = element("p", "");
      line.append(element("b", `${title} (${ids.length}) `));
      const named = ids.map((id) => byId[`${other}/${id}`]).sort((a, b) => collator.compare(a[language], b[language]));
      named.forEach((record, n) => {
        line.append(n ? ", " : "", element("a", record[language], { href: `${language}/${record.id}.html` }));
      });
      return line;
    }));
  };
  const sameKind = () => {
    const [left, right] = choices;
    for (const option of right.options) option.disabled = kind(option.value) !== kind(left.value);
    if (right.selectedOptions[0].disabled || right.value === left.value)
      right.value = [...right.options].find((option) => !option.disabled && option.value !== left.value).value;
    show();
  };
  const chosen = () => {
    const ids = decodeURIComponent(location.hash.slice(1)).split(",");
    if (ids.length === 2 && ids.every((id) => byId[id]?.in)) choices.forEach((choice, at) => { choice.value = ids[at]; });
    sameKind();
  };
  const choose = () => {
    sameKind();
    const address = `${location.pathname}#${choices.map((choice) => choice.value).join(",")}`;
    history.replaceState(null, "", address);
  };
  choices.forEach((choice) => choice.addEventListener("change", choose));
  window.addEventListener("hashchange", chosen);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  chosen();
}

if (form && document.getElementById("composed")) compose();
