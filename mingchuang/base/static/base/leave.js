// Whoever signs out leaves no page behind in this browser.
for (const name of (await self.caches?.keys()) ?? []) await caches.delete(name);
