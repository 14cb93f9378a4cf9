// Marks the moment at which one can type, as the app does: focused, and two frames painted.
document.querySelector("textarea").focus();
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("ready-to-type")));
