/* Questions to the server. A newer question of the same kind ends the older one. */

const running = new Map();

/** The JSON at `path` for `params`; null when a newer request of this `kind` took its place. */
export async function ask(kind, path, params) {
  running.get(kind)?.abort();
  const controller = new AbortController();
  running.set(kind, controller);
  const query = params.toString();
  try {
    const response = await fetch(query ? `${path}?${query}` : path, {
      headers: { Accept: "application/json" },
      signal: controller.signal,
    });
    const answer = await response.json().catch((error) => {
      // Only a refusal may come without JSON: an answer broken off is none, not an empty one.
      if (response.ok || error.name === "AbortError") throw error;
      return {};
    });
    if (!response.ok) throw new Error(answer.error ?? `${response.status} ${response.statusText}`);
    return answer;
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  } finally {
    if (running.get(kind) === controller) running.delete(kind);
  }
}
