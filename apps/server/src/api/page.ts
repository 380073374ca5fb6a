import { readFileSync } from "node:fs";

const read = (name: string) => readFileSync(new URL(`page/${name}`, import.meta.url), "utf8");

/** The page at `/api`, for people: what can be asked, from the OpenAPI description; and a try. */
export const apiPage = {
  html: read("page.html"),
  script: read("page.js"),
  style: read("page.css"),
};
