/* The page at /api: lists the routes of the OpenAPI description, and tries three of them. */

const find = (id) => document.getElementById(id);
const answer = find("answer");
let listening;

find("curl").textContent = [
  `curl -d 'hi there' ${location.origin}/api/rooms/123/messages`,
  `curl ${location.origin}/api/rooms/123/messages`,
  `curl -N ${location.origin}/api/rooms/123/events`,
  `curl -T cat.jpg ${location.origin}/api/rooms/123/upload/`,
].join("\n");

function field(name) {
  return find("try").elements.namedItem(name).value.trim();
}

/** The address of a route of the room in the form. */
function routeOf(path) {
  const url = new URL(`/api/rooms/${encodeURIComponent(field("room"))}/${path}`, location.origin);
  if (field("name") !== "") url.searchParams.set("name", field("name"));
  return url;
}

async function show(asked) {
  const response = await asked;
  answer.textContent = `${response.status} ${response.statusText}\n${await response.text()}`;
}

find("try").addEventListener("submit", (event) => {
  event.preventDefault();
  void show(fetch(routeOf("messages"), { method: "POST", body: field("message") }));
});

find("read").addEventListener("click", () => void show(fetch(routeOf("messages"))));

find("listen").addEventListener("click", () => {
  listening?.close();
  answer.textContent = "";
  listening = new EventSource(routeOf("events"));
  listening.addEventListener("message", ({ data }) => {
    answer.textContent += `${data}\n`;
  });
});

/** An element with text or other elements in it. */
function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

const { paths } = await (await fetch("/api/openapi.json")).json();
for (const [path, methods] of Object.entries(paths)) {
  for (const [method, { summary, parameters = [] }] of Object.entries(methods)) {
    const list = element("dl");
    for (const { name, description, schema } of parameters) {
      if (name !== "room")
        list.append(element("dt", name), element("dd", description ?? schema.type));
    }
    const title = element("h3", `${method.toUpperCase()} ${path}`);
    find("routes").append(element("article", title, element("p", summary), list));
  }
}
