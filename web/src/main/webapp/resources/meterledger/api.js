/* Shows the OpenAPI document of this portal; needs nothing from elsewhere. */
(() => {
  "use strict";

  const METHODS = ["get", "post", "put", "patch", "delete"];

  function element(name, text, ...children) {
    const made = document.createElement(name);
    if (text) {
      made.textContent = text;
    }
    made.append(...children);
    return made;
  }

  function table(heads, rows) {
    const head = element("thead", "", element("tr", "", ...heads.map((h) => element("th", h))));
    const body = element("tbody", "", ...rows.map((row) =>
      element("tr", "", ...row.map((cell) => element("td", "", cell)))));
    const made = element("table", "", head, body);
    const frame = element("div", "", made);
    frame.className = "api-table";
    return frame;
  }

  function typeName(schema) {
    if (!schema) {
      return "";
    }
    if (schema.$ref) {
      return schema.$ref.split("/").pop();
    }
    const types = [].concat(schema.type || []).filter((type) => type !== "null");
    if (types.includes("array")) {
      return typeName(schema.items) + "[]";
    }
    if (schema.allOf || schema.anyOf || schema.oneOf) {
      return (schema.allOf || schema.anyOf || schema.oneOf).map(typeName).join(" | ");
    }
    return schema.format || types.join(" | ") || "object";
  }

  function rules(schema) {
    const told = [];
    if (schema.enum) {
      told.push(schema.enum.join(", "));
    }
    for (const [key, sign] of [["minimum", "≥ "], ["maximum", "≤ "], ["minLength", "length ≥ "],
      ["maxLength", "length ≤ "], ["pattern", ""], ["default", "= "]]) {
      if (schema[key] !== undefined) {
        told.push(sign + schema[key]);
      }
    }
    return told.join("; ");
  }

  function typeLink(schema) {
    const name = typeName(schema);
    const made = element("code", name);
    const plain = name.replace("[]", "");
    if (document.getElementById("schema-" + plain)) {
      const link = element("a", "", made);
      link.href = "#schema-" + plain;
      return link;
    }
    return made;
  }

  function contents(content) {
    return Object.entries(content || {}).map(([media, described]) =>
      element("p", "", element("code", media), " ", typeLink(described.schema)));
  }

  function operation(method, path, described, common, words) {
    const verb = element("span", method.toUpperCase());
    verb.className = "api-method api-" + method;
    const title = element("summary", "", verb, " ", element("code", path), " ",
      element("span", described.summary || ""));
    const made = element("details", "", title);
    if (described.description) {
      made.append(element("p", described.description));
    }
    const parameters = [...common, ...(described.parameters || [])];
    if (parameters.length > 0) {
      made.append(element("h4", words.parameters), table(
        [words.name, words.place, words.type, words.meaning],
        parameters.map((p) => [
          element("code", p.name + (p.required ? " *" : "")), p.in, typeLink(p.schema),
          [p.description, rules(p.schema || {})].filter(Boolean).join(" · ")])));
    }
    if (described.requestBody) {
      made.append(element("h4", words.body), ...contents(described.requestBody.content));
    }
    made.append(element("h4", words.answers));
    for (const [status, answer] of Object.entries(described.responses || {})) {
      made.append(element("p", "", element("strong", status), " ", answer.description || ""),
        ...contents(answer.content));
    }
    return made;
  }

  function schemas(document_, words) {
    const all = Object.entries((document_.components || {}).schemas || {});
    return all.map(([name, schema]) => {
      const made = element("details", "", element("summary", "", element("code", name)));
      made.id = "schema-" + name;
      made.append(schema.description ? element("p", schema.description) : "");
      if (schema.properties) {
        const required = schema.required || [];
        made.append(table([words.name, words.type, words.meaning],
          Object.entries(schema.properties).map(([field, inner]) => [
            element("code", field + (required.includes(field) ? " *" : "")),
            element("code", typeName(inner)),
            [inner.description, rules(inner)].filter(Boolean).join(" · ")])));
      } else {
        made.append(element("p", rules(schema)));
      }
      return made;
    });
  }

  function show(target, document_, words) {
    const groups = new Map();
    const types = element("section", "", element("h2", words.types), ...schemas(document_, words));
    target.replaceChildren(element("p", document_.info.description || ""), types);
    for (const [path, item] of Object.entries(document_.paths || {})) {
      for (const method of METHODS.filter((each) => item[each])) {
        const tag = (item[method].tags || [""])[0];
        if (!groups.has(tag)) {
          groups.set(tag, element("section", "", element("h2", tag)));
        }
        groups.get(tag).append(operation(method, path, item[method], item.parameters || [], words));
      }
    }
    types.before(...groups.values());
  }

  function open() {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") {
      target.open = true;
    }
  }

  async function load() {
    const target = document.getElementById("api");
    const words = JSON.parse(target.dataset.words);
    const token = document.querySelector("meta[name=api-token]").content;
    try {
      const answer = await fetch(target.dataset.source,
        {headers: {Authorization: "Bearer " + token}, credentials: "omit"});
      if (!answer.ok) {
        throw new Error("HTTP " + answer.status);
      }
      show(target, await answer.json(), words);
      target.dataset.state = "shown";
      open();
    } catch (error) {
      target.replaceChildren(element("p", words.failed + " (" + error.message + ")"));
      target.dataset.state = "failed";
    }
  }

  window.addEventListener("hashchange", open);
  document.addEventListener("DOMContentLoaded", load);
})();
