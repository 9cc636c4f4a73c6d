/** Nothing of the browser's own business: no first run, no updates, no synchronisation. */
export const FLAGS: string[];

/** `CHROMIUM_PATH`, else the first of the usual names on the PATH. @throws {Error} saying what to install */
export function chromiumPath(): string;
