// A neighbour that talks a lot: what it says must not reach the widget.
for (const said of ["close", "ready", { rolewise: "close" }, { rolewise: "ready" }, null]) parent.postMessage(said, "*");
