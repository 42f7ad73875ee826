// Draws /openapi.json. Text only ever becomes text nodes, so nothing in the document can become markup.

const METHODS = ["get", "post", "put", "patch", "delete"];
const FORMS = {
  "application/json": "JSON",
  "multipart/form-data": "multipart form",
  "application/x-www-form-urlencoded": "urlencoded form",
};

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Text with `code`, **strong** and *emphasis*. */
function prose(text) {
  const parts = (text ?? "").split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/);
  return parts.map((part) => {
    if (part.startsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.startsWith("**")) return element("strong", {}, part.slice(2, -2));
    if (part.startsWith("*") && part.length > 1) return element("em", {}, part.slice(1, -1));
    return part;
  });
}

function paragraphs(text) {
  return (text ?? "").trim().split(/\n\s*\n/).filter(Boolean).map((part) => element("p", {}, ...prose(part)));
}

function table(headings, rows, wide = false) {
  const head = element("tr", {}, ...headings.map((heading) => element("th", { scope: "col" }, heading)));
  const body = element("tbody", {}, ...rows);
  return element("div", { class: "table" }, element("table", wide ? { class: "wide" } : {}, element("thead", {}, head), body));
}

class Reference {
  constructor(spec) {
    this.spec = spec;
  }

  resolve(schema) {
    if (!schema?.$ref) return schema ?? {};
    return this.spec.components.schemas[schema.$ref.split("/").pop()] ?? {};
  }

  /** The alternatives of a schema that are not null. */
  choices(schema) {
    const alternatives = schema.anyOf ?? schema.oneOf ?? [schema];
    return alternatives.filter((choice) => choice.type !== "null");
  }

  type(schema) {
    const names = this.choices(this.resolve(schema)).map((choice) => {
      const inner = this.resolve(choice);
      if (inner.enum) return inner.enum.map((value) => JSON.stringify(value)).join(" | ");
      if (inner.const !== undefined) return JSON.stringify(inner.const);
      if (inner.type === "array") return `list of ${this.type(inner.items ?? {})}`;
      return inner.format ?? inner.type ?? "any";
    });
    return [...new Set(names)].join(" | ");
  }

  /** Rows of a table; `required` is marked on what callers send, not on what they get. */
  fields(schema, sent, nested = false) {
    return this.choices(this.resolve(schema)).flatMap((choice) => {
      const { properties = {}, required = [] } = this.resolve(choice);
      return Object.entries(properties).flatMap(([name, field]) => this.field(name, field, sent && required.includes(name), sent, nested));
    });
  }

  field(name, field, isRequired, sent, nested) {
    const meaning = [...prose(field.description)];
    if (field.default !== undefined && field.default !== null) {
      meaning.push(" Default ", element("code", {}, JSON.stringify(field.default)), ".");
    }
    const row = element(
      "tr",
      nested ? { class: "nested" } : {},
      element("td", {}, element("code", {}, name), isRequired ? element("span", { class: "required" }, " required") : null),
      element("td", { class: "type" }, this.type(field)),
      element("td", {}, ...meaning),
    );
    const inner = this.choices(this.resolve(field)).filter((choice) => this.resolve(choice).properties);
    return inner.length && !nested ? [row, ...this.fields(inner[0], sent, true)] : [row];
  }

  operation(path, method, operation) {
    const node = element(
      "article",
      { class: "operation", id: operation.operationId },
      element("h3", {}, operation.summary),
      element("p", { class: "route" }, element("span", { class: `method ${method}` }, method.toUpperCase()), element("code", {}, path)),
      ...paragraphs(operation.description),
    );
    if (operation.parameters?.length) node.append(element("h4", {}, "Parameters"), this.parameters(operation.parameters));
    if (operation.requestBody) node.append(...this.body(path, operation.requestBody));
    node.append(...this.answers(operation.responses));
    return node;
  }

  parameters(parameters) {
    const rows = parameters.map((parameter) =>
      element(
        "tr",
        {},
        element("td", {}, element("code", {}, parameter.name), parameter.required ? element("span", { class: "required" }, " required") : null),
        element("td", { class: "type" }, parameter.in),
        element("td", {}, this.type(parameter.schema), parameter.description ? ". " : "", ...prose(parameter.description)),
      ),
    );
    return table(["Name", "In", "Meaning"], rows, true);
  }

  body(path, body) {
    const forms = Object.keys(body.content).map((type) => FORMS[type] ?? type);
    const json = body.content["application/json"];
    const parts = [element("h4", {}, `Request: ${forms.join(", ")}`), table(["Field", "Type", "Meaning"], this.fields(json.schema, true), true)];
    if (json.example) parts.push(element("h4", {}, "Example"), element("pre", { tabindex: "0" }, element("code", {}, curl(path, json.example))));
    return parts;
  }

  answers(responses) {
    const good = Object.entries(responses).filter(([status]) => status < "300");
    const parts = good.flatMap(([status, response]) => this.answer(status, response));
    const rest = Object.entries(responses).filter(([status]) => status >= "300");
    const rows = rest.map(([status, { description }]) =>
      element("tr", {}, element("td", {}, status), element("td", {}, ...prose(description))),
    );
    if (rows.length) {
      parts.push(element("details", {}, element("summary", {}, "Other answers"), table(["Status", "Meaning"], rows)));
    }
    return parts;
  }

  answer(status, response) {
    const types = Object.keys(response.content ?? {});
    const parts = [element("h4", {}, `Answer ${status}${types.length ? `: ${types.join(" or ")}` : ""}`), ...paragraphs(response.description === "Successful Response" ? "" : response.description)];
    const schema = response.content?.["application/json"]?.schema;
    const rows = schema ? this.fields(schema, false) : [];
    if (rows.length) parts.push(table(["Field", "Type", "Meaning"], rows, true));
    const headers = Object.entries(response.headers ?? {}).map(([name, header]) =>
      element("tr", {}, element("td", {}, element("code", {}, name)), element("td", {}, ...prose(header.description))),
    );
    if (headers.length) parts.push(element("h4", {}, "Headers"), table(["Header", "Meaning"], headers));
    return parts;
  }

  groups() {
    const groups = new Map();
    for (const [path, item] of Object.entries(this.spec.paths)) {
      for (const method of METHODS.filter((name) => item[name])) {
        const tag = item[method].tags?.[0] ?? "Other";
        groups.set(tag, [...(groups.get(tag) ?? []), [path, method, item[method]]]);
      }
    }
    const order = (this.spec.tags ?? []).map((tag) => tag.name);
    return [...groups].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  }
}

function authentication(schemes) {
  const rows = Object.values(schemes).map(({ name, description }) =>
    element("li", {}, element("code", {}, name), ": ", ...prose(description)),
  );
  return [element("p", {}, "Send it in one of these headers:"), element("ul", {}, ...rows)];
}

function curl(path, example) {
  const url = `${location.origin}${path.replace("{slug}", "hailuo-2.3-fast")}`;
  const body = JSON.stringify(example, null, 2).replaceAll("'", "'\\''");
  return `curl ${url} \\\n  -H 'x-api-key: YOUR_API_KEY' \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

function draw(spec) {
  const reference = new Reference(spec);
  document.getElementById("version").textContent = spec.info.version;
  document.getElementById("summary").textContent = spec.info.summary ?? "";
  const main = document.getElementById("reference");
  const contents = document.getElementById("contents");
  main.append(...paragraphs(spec.info.description));
  main.append(element("h2", {}, "Your key"), ...authentication(spec.components.securitySchemes));
  main.append(element("p", {}, "The same as a document for programs: ", element("a", { href: "/openapi.json" }, "openapi.json"), "."));
  for (const [tag, operations] of reference.groups()) {
    const links = operations.map(([, , operation]) =>
      element("li", {}, element("a", { href: `#${operation.operationId}` }, operation.summary)),
    );
    contents.append(element("section", {}, element("h2", {}, tag), element("ul", {}, ...links)));
    main.append(element("h2", {}, tag), ...operations.map((operation) => reference.operation(...operation)));
  }
  main.setAttribute("aria-busy", "false");
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

try {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error(`status ${response.status}`);
  draw(await response.json());
} catch (error) {
  document.getElementById("reference").append(
    element("p", { class: "fault", role: "alert" }, `The API document could not be drawn (${error.message}). `, element("a", { href: "/openapi.json" }, "Read openapi.json"), "."),
  );
}
