import { RowMenu } from "./row-menu.tsx";
import { RowToolbar } from "./row-toolbar.tsx";

/** One file to fetch, once the reader comes near a message. */
export default { RowMenu, RowToolbar };
