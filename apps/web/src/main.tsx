import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App } from "./app.tsx";

import "./styles/app.css";

keepPageFromFiles();
noteTouch();
const root = document.getElementById("root");
if (!root) throw new Error("The page has no element with the id root.");
const app = (
  <StrictMode>
    <App />
  </StrictMode>
);
// The start page may be there already (start-page.js).
if (root.dataset["drawn"] === undefined) createRoot(root).render(app);
else hydrateRoot(root, app);

/** Stops the browser from opening a dropped file in place of the page. */
function keepPageFromFiles(): void {
  const keep = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };
  addEventListener("dragover", keep);
  addEventListener("drop", keep);
}

/** Says in the page what it was last used by: a focus that returns after a touch opens no tooltip. */
function noteTouch(): void {
  const { dataset } = document.documentElement;
  addEventListener("pointerdown", ({ pointerType }) => (dataset["by"] = pointerType), true);
  // The one key that moves the focus, and that keyboards on a screen do not have.
  addEventListener("keydown", ({ key }) => key === "Tab" && delete dataset["by"], true);
}
