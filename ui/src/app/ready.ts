// The moment at which one can type for the first time since the start. The measure of the start reads it (`benches/`).

let marked = false;

/** Marks the moment, once the field that has the focus is painted. */
export function markReady(): void {
  if (marked) return;
  marked = true;
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('ready-to-type')));
}
