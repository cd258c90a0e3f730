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
  const hits = field.value.trim() ? index.search(field.value).slice(0, 12) : [];
  found.replaceChildren(...hits.map((hit, at) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `found-${at}`;
    const link = document.createElement("a");
    link.href = `${language}/${hit.id}.html`;
    link.tabIndex = -1;
    link.textContent = hit[language];
    item.append(link);
    return item;
  }));
  found.hidden = hits.length === 0;
  field.setAttribute("aria-expanded", String(hits.length > 0));
  select(hits.length ? 0 : -1);
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
  const items = [...found.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    select((at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % Math.max(items.length, 1));
  } else if (event.key === "Enter" && items[at]) {
    items[at].firstChild.click();
  } else if (event.key === "Escape") {
    field.value = "";
    found.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) found.hidden = true;
});

const form = document.getElementById("compose");

async function compose() {
  await load("pages.js");
  const records = window.govmapPages.filter((record) => record.in);
  const byId = Object.fromEntries(records.map((record) => [record.id, record]));
  const collator = new Intl.Collator(language);
  for (const [at, choice] of [form.elements.left, form.elements.right].entries()) {
    const sorted = [...records].sort((a, b) => a.id.split("/")[0].localeCompare(b.id.split("/")[0]) || collator.compare(a[language], b[language]));
    choice.replaceChildren(...sorted.map((record) => new Option(record[language], record.id)));
    choice.selectedIndex = at;
  }
  const show = () => {
    const [left, right] = [byId[form.elements.left.value], byId[form.elements.right.value]];
    const both = left.in.filter((id) => right.in.includes(id));
    const only = (one, other) => one.in.filter((id) => !other.in.includes(id));
    const place = document.getElementById("composed");
    const label = (record) => place.dataset.only.replace("{name}", record[language]);
    place.replaceChildren(...[[place.dataset.shared, both], [label(left), only(left, right)], [label(right), only(right, left)]].map(([title, ids]) => {
      const line = document.createElement("p");
      const bold = document.createElement("b");
      bold.textContent = `${title} (${ids.length}) `;
      line.append(bold);
      ids.forEach((id, n) => {
        const link = document.createElement("a");
        const path = `${left.id.startsWith("mechanism") ? "country" : "mechanism"}/${id}`;
        link.href = `${language}/${path}.html`;
        link.textContent = window.govmapPages.find((record) => record.id === path)[language];
        line.append(n ? ", " : "", link);
      });
      return line;
    }));
  };
  const sameKind = () => {
    const kind = form.elements.left.value.split("/")[0];
    for (const option of form.elements.right.options) option.hidden = option.disabled = !option.value.startsWith(`${kind}/`);
    if (form.elements.right.selectedOptions[0].disabled)
      form.elements.right.value = [...form.elements.right.options].find((option) => !option.disabled && option.value !== form.elements.left.value).value;
    show();
  };
  form.elements.left.addEventListener("change", sameKind);
  form.elements.right.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  sameKind();
}

if (form) compose();
