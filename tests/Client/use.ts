// A program that uses the generated client: it is type-checked, not run. Where the description loses a type, a line here no longer compiles,
// or an error that is expected no longer comes.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/graph.js";

const graph = createClient<paths>({ baseUrl: "http://127.0.0.1:5080", headers: { Authorization: "Bearer kg_…" } });

export async function search(name: string): Promise<string[]> {
  const { data, error } = await graph.GET("/entities", { params: { query: { q: name, kind: "company", limit: 10 } } });
  if (error) throw new Error(`${error.status} ${error.title} ${error.detail ?? ""}`);
  return data.items.map((entity) => `${entity.id} ${entity.name} ${entity.factCount} ${entity.match?.alias ?? ""}`);
}

export async function timeline(kind: string, slug: string): Promise<string[]> {
  const lines: string[] = [];
  let cursor: string | null | undefined = "";
  while (cursor != null) {
    const page = await timelinePage(kind, slug, cursor);
    lines.push(...page.items.map((entry) => `${entry.when ?? "?"} ${entry.type} ${entry.quote} ${Object.keys(entry.values).join()}`));
    cursor = page.next;
  }
  return lines;
}

async function timelinePage(kind: string, slug: string, cursor: string): Promise<components["schemas"]["TimelineEntryPage"]> {
  const { data, response } = await graph.GET("/entities/{kind}/{slug}/timeline", {
    params: { path: { kind, slug }, query: { type: "EarningsReported", from: "2026-05", asOf: "2026-11-20", cursor } },
  });
  if (!data) throw new Error(response.statusText);
  return data;
}

export async function conflicts(entity: string): Promise<string[]> {
  const { data } = await graph.GET("/claims", { params: { query: { entity, metric: "revenue", conflicting: true, minSpreadPercent: 1 } } });
  return (data?.items ?? []).map((claim) => `${claim.period}: ${claim.current?.value ?? "-"} of ${claim.values.length}, spread ${claim.spreadPercent.toFixed(1)}%`);
}

export async function retract(fact: string, version: number): Promise<string> {
  const { data, error, response } = await graph.POST("/curation/retractions", {
    params: { header: { "If-Match": `"${version}"`, "Idempotency-Key": crypto.randomUUID() } },
    body: { fact, author: "analyst", reason: "misread" },
  });
  if (error) throw new Error(response.status === 429 ? `again in ${response.headers.get("Retry-After")} s` : error.title);
  return data.id;
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error there is no such parameter
  await graph.GET("/entities", { params: { query: { colour: "red" } } });
  // @ts-expect-error a decision has a reason
  await graph.POST("/curation/retractions", { body: { fact: "", author: "" } });
  // @ts-expect-error a limit is a number
  await graph.GET("/claims", { params: { query: { limit: "many" } } });
  const { data } = await graph.GET("/claims/{id}", { params: { path: { id: "" } } });
  // @ts-expect-error there need be no value that is shown
  data?.current.value;
}
