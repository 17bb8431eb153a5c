/* The table page: a changed filter is a new page from the server, as it is without scripts. */

import { Filters } from "./filters.js";

new Filters(document.querySelector("form.filters"), (params) => {
  location.search = params.toString();
});
