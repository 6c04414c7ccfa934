// The queue by keyboard: n starts. Nothing acts while somebody types or holds a modifier.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "n") document.getElementById("start")?.click();
});
